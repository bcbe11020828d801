"""The gateway's configuration: one TOML file read once into a frozen value; it opens nothing."""

import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeGuard

from kiosk_app.gateway.errors import CannotServe

PACKAGED_AGENDAS: Final = Path(__file__).parent / "agendas"


class ConfigError(CannotServe):
    """The configuration cannot be used; one sentence with the file and the key."""


@dataclass(frozen=True)
class GatewayConfig:
    """Every key of `gateway.toml`; paths are relative to that file's folder."""

    certificate: Path
    """The gateway's certificate (PEM)."""
    key: Path
    """The private key of that certificate (PEM)."""
    client_ca: Path
    """The authority whose certificates kiosks must show (PEM)."""
    csca: Path
    """A folder of the country signing certificates that documents must go back to (DER, PEM)."""
    database: str
    """The SQLAlchemy URL of the city's database."""
    state: Path
    """The folder of the audit record and the key of its pseudonyms."""
    crl: Path | None = None
    """The authority's list of revoked certificates (PEM), read anew when it is replaced; none."""
    kiosks: tuple[str, ...] = ("*",)
    """The names of the devices that may ask for accounts, as shell patterns ("infobox-*")."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = 8443
    """The port to listen on; 0 takes a free one and says which."""
    agendas: Path = PACKAGED_AGENDAS
    """The folder of the agendas' declarations (YAML); those of the sample city are built in."""
    login_seconds: int = 60
    """How long a login waits for the chip's answer."""
    session_seconds: int = 300
    """How long a session lives."""
    logins_per_kiosk: int = 30
    """How many logins one kiosk may begin a minute."""
    logins_per_document: int = 10
    """How many logins one document may begin a minute."""


def load_config(path: Path) -> GatewayConfig:
    """The configuration in one file.

    Raises:
        ConfigError: with the file and the key.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    kinds = {field.name: field.type for field in fields(GatewayConfig)}
    for name in sorted(raw.keys() - kinds.keys()):
        raise ConfigError(f"{path}: {name}: is not known here")
    values: dict[str, Any] = {
        name: _value(kinds[name], value, path, name) for name, value in raw.items()
    }
    try:
        return GatewayConfig(**values)
    except TypeError as error:
        missing = sorted(_required() - raw.keys())
        raise ConfigError(f"{path}: {missing[0]}: is missing") from error


def _required() -> set[str]:
    return {field.name for field in fields(GatewayConfig) if field.default is MISSING}


def _value(kind: object, value: object, path: Path, name: str) -> object:
    if kind in {Path, Path | None} and isinstance(value, str) and value:
        return path.parent / value
    if kind is str and isinstance(value, str) and value:
        return value
    if kind is int and type(value) is int and value in _RANGES.get(name, _COUNT):
        return value
    if kind == tuple[str, ...] and _is_texts(value):
        return tuple(value)
    raise ConfigError(f"{path}: {name}: is not {_wanted(kind, name)}")


def _is_texts(value: object) -> TypeGuard[list[str]]:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(item, str) and item for item in value)


_COUNT: Final = range(1, 1_000_001)
_RANGES: Final = {"port": range(65_536)}
_KINDS: Final[dict[object, str]] = {
    Path: "a path",
    Path | None: "a path",
    str: "a text",
    tuple[str, ...]: "a list of texts",
}


def _wanted(kind: object, name: str) -> str:
    allowed = _RANGES.get(name, _COUNT)
    return _KINDS.get(kind, f"a number from {allowed.start} to {allowed.stop - 1}")
