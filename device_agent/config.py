"""Reads the agent's configuration once, from TOML, into a frozen object."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from device_agent.wire.local import PROGRAMS
from device_agent.wire.topics import is_name


class ConfigError(Exception):
    """The configuration cannot be used; one sentence on which key and why."""


@dataclass(frozen=True)
class Config:
    """Every key of the file; paths in it may be relative to the file.

    [device] id: name of the device and of its certificate · program: kiosk or player, the program
    that must beat · groups: hint groups · areas, channel: count until a desired state comes ·
    compatible: kind of device a release must name.
    [broker] host, port: the MQTT broker.
    [tls] ca: the city's CA · certificate, key: the device's own, PEM.
    [content] url: the repository, https · root: pinned TUF root · directory: blobs and
    current.json.
    [local] socket: Unix socket to serve · allowed_uids: users whose programs are heard.
    [state] directory: memory, spool, TUF metadata, releases.
    [update] slots: directory of the slots · probation_seconds: how long a new release must be
    well · patience_seconds: how long it may take to become well · outage_seconds: how long services
    of the city hall may be away before it is given back all the same · grace_seconds: how long a
    program may take to its first good beat.
    [poll] seconds: between two looks at the content server without a hint.
    """

    device: str
    program: str
    groups: tuple[str, ...]
    areas: tuple[str, ...]
    channel: str
    compatible: str
    broker_host: str
    broker_port: int
    ca: Path
    certificate: Path
    key: Path
    content_url: str
    trusted_root: Path
    content_directory: Path
    socket: Path
    allowed_uids: tuple[int, ...]
    state_directory: Path
    slots_directory: Path
    probation_seconds: float
    patience_seconds: float
    outage_seconds: float
    grace_seconds: float
    poll_seconds: float


class _Table:
    """One table of the file; `done` refuses keys that nobody read."""

    def __init__(self, document: dict[str, object], name: str, folder: Path) -> None:
        found = document.pop(name, {})
        if not isinstance(found, dict):
            raise ConfigError(f"[{name}] must be a table.")
        self._found: dict[str, object] = dict(found)
        self._name = name
        self._folder = folder

    def _take(self, key: str, default: object) -> object:
        value = self._found.pop(key, default)
        if value is None:
            raise ConfigError(f"[{self._name}] {key} is missing.")
        return value

    def _wrong(self, key: str, expected: str) -> ConfigError:
        return ConfigError(f"[{self._name}] {key} must be {expected}.")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str) or not value:
            raise self._wrong(key, "text")
        return value

    def name(self, key: str, default: str | None = None) -> str:
        value = self.text(key, default)
        if not is_name(value):
            raise self._wrong(key, "a name of letters, digits and '_.-'")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and is_name(v) for v in value):
            raise self._wrong(key, "a list of names of letters, digits and '_.-'")
        return tuple(value)

    def path(self, key: str) -> Path:
        return self._folder / self.text(key)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        value = self._take(key, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise self._wrong(key, f"a number from {low:g} to {high:g}")
        return float(value)

    def uids(self, key: str) -> tuple[int, ...]:
        value = self._take(key, None)
        if not isinstance(value, list) or not all(type(v) is int and v >= 0 for v in value):
            raise self._wrong(key, "a list of user numbers")
        return tuple(value)

    def done(self) -> None:
        for key in self._found:
            raise ConfigError(f"[{self._name}] {key} is unknown.")


def load(path: Path) -> Config:
    """Read the file.

    Raises:
        ConfigError: it is missing, malformed, has an unknown key or a value of the wrong kind.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from error
    names = ("device", "broker", "tls", "content", "local", "state", "update", "poll")
    tables = {name: _Table(document, name, path.absolute().parent) for name in names}
    config = _config(tables)
    for table in tables.values():
        table.done()
    for name in document:
        raise ConfigError(f"[{name}] is unknown.")
    return config


def _config(tables: dict[str, _Table]) -> Config:
    device, content, update = tables["device"], tables["content"], tables["update"]
    broker, tls, local = tables["broker"], tables["tls"], tables["local"]
    config = Config(
        device=device.name("id"),
        program=device.text("program"),
        groups=device.names("groups"),
        areas=device.names("areas"),
        channel=device.name("channel"),
        compatible=device.text("compatible", "otevrene-mesto"),
        broker_host=broker.text("host"),
        broker_port=int(broker.number("port", 1, 65535, 8883)),
        ca=tls.path("ca"),
        certificate=tls.path("certificate"),
        key=tls.path("key"),
        content_url=content.text("url"),
        trusted_root=content.path("root"),
        content_directory=content.path("directory"),
        socket=local.path("socket"),
        allowed_uids=local.uids("allowed_uids"),
        state_directory=tables["state"].path("directory"),
        slots_directory=update.path("slots"),
        probation_seconds=update.number("probation_seconds", 0, 86400, 300),
        patience_seconds=update.number("patience_seconds", 0, 86400, 600),
        outage_seconds=update.number("outage_seconds", 0, 30 * 86400, 86400),
        grace_seconds=update.number("grace_seconds", 0, 3600, 60),
        poll_seconds=tables["poll"].number("seconds", 0.1, 86400, 300),
    )
    _check(config)
    return config


def _check(config: Config) -> None:
    if config.program not in PROGRAMS:
        raise ConfigError(f"[device] program must be one of {', '.join(PROGRAMS)}.")
    if not config.content_url.startswith("https://"):
        raise ConfigError("[content] url must begin with https://.")
    if config.patience_seconds < config.probation_seconds:
        raise ConfigError("[update] patience_seconds must not be below probation_seconds.")
