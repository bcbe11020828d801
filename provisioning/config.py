"""The city's settings, `city.toml`: read once into a frozen object; it decides nothing."""

import ipaddress
import json
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from provisioning.durable_file import write_durable

NAME_LIMIT: Final = 54
"""Characters of the city's name: with " device CA" behind it, it is a common name (RFC 5280)."""

_HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_SENDER = re.compile(r"[^\s,<&]{1,128}")


class ConfigError(Exception):
    """`city.toml` cannot be used; one sentence names the key and what is wrong with it."""


@dataclass(frozen=True)
class Settings:
    """Every key of `city.toml` with its default; the sentence after each says what it is."""

    name: str = "Liberec (VZOR)"
    """The city's name, as it stands in its certificate authority."""
    alert_sender: str = "vzor.otevrene-mesto.invalid"
    """Who speaks in CAP alerts: a domain name of the city (CAP 1.2, sender)."""
    server_names: tuple[str, ...] = ("localhost", "127.0.0.1")
    """Host names and IP addresses under which broker, gateway and content server are reached."""
    broker_host: str = "127.0.0.1"
    """The host name or address of the broker, as its certificate names it."""
    broker_port: int = 8883
    """The TCP port of the broker."""
    broker_bind: str = "127.0.0.1"
    """The address the broker listens on."""
    broker_user: str = ""
    """The Unix user the broker becomes when started as root; empty: who founded the city."""
    content_host: str = "127.0.0.1"
    """The address the content server listens on."""
    content_port: int = 8443
    """The TCP port of the content server; 0 takes a free one."""

    def __post_init__(self) -> None:
        for key in ("broker_port", "content_port"):
            low = 1 if key == "broker_port" else 0
            if not low <= getattr(self, key) <= 65535:  # noqa: PLR2004 - the highest TCP port
                raise ConfigError(f"city.toml: {key} must be a TCP port from {low} to 65535.")
        if not self.server_names or not all(map(_is_host, self.server_names)):
            raise ConfigError("city.toml: server_names must be host names or IP addresses.")
        if not (1 <= len(self.name) <= NAME_LIMIT and self.name.isprintable()):
            raise ConfigError(f"city.toml: name must be 1 to {NAME_LIMIT} characters in one line.")
        if not _SENDER.fullmatch(self.alert_sender):
            raise ConfigError("city.toml: alert_sender must have no spaces, commas, '<' or '&'.")
        for key in ("broker_bind", "broker_host", "content_host"):
            if not getattr(self, key) or any(c.isspace() for c in getattr(self, key)):
                raise ConfigError(f"city.toml: {key} must be one word.")
        if any(c.isspace() for c in self.broker_user):
            raise ConfigError("city.toml: broker_user must be one word or empty.")


def read_settings(path: Path) -> Settings:
    """Read `city.toml`.

    Raises:
        ConfigError: missing, not TOML, an unknown key, or a value of the wrong type.
    """
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"The settings {path} cannot be read: {error}.") from error
    known = {field.name: field.default for field in fields(Settings)}
    values: dict[str, object] = {}
    for key, value in found.items():
        if key not in known:
            raise ConfigError(f"{path}: the key {key!r} is unknown.")
        values[key] = _typed(key, value, known[key], path)
    return Settings(**values)  # type: ignore[arg-type] # each value was checked by _typed


def write_settings(path: Path, settings: Settings) -> None:
    """Write `city.toml` with every key."""
    lines = ["# Settings of the city's provisioning; see provisioning/config.py for each key."]
    for field in fields(Settings):
        value = getattr(settings, field.name)
        written = list(value) if isinstance(value, tuple) else value
        lines.append(f"{field.name} = {json.dumps(written, ensure_ascii=False)}")
    write_durable(path, ("\n".join(lines) + "\n").encode())


def _is_host(text: str) -> bool:
    """Whether a certificate can name it: an IP address or an ASCII host name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return _HOST.fullmatch(text) is not None
    return True


def _typed(key: str, value: object, default: object, path: Path) -> object:
    match value, default:
        case str(), str():
            return value
        case bool(), _:
            raise ConfigError(f"{path}: {key} must not be true or false.")
        case int(), int():
            return value
        case list(), tuple() if all(isinstance(item, str) for item in value):
            return tuple(value)
        case _:
            raise ConfigError(f"{path}: {key} must be of the same type as {default!r}.")
