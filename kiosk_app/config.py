"""The kiosk's configuration: one TOML file read once into a frozen value; it opens nothing else."""

import tomllib
import types
import typing
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class ConfigError(ValueError):
    """The configuration cannot be used; one sentence with the file and the key."""


@dataclass(frozen=True)
class Geometry:
    """Where the window stands on the display, in pixels."""

    x: int = 0
    """The left edge."""
    y: int = 0
    """The upper edge."""
    width: int = 0
    """0 takes the whole first screen."""
    height: int = 0
    """0 takes the whole first screen."""


@dataclass(frozen=True)
class SessionLimits:
    """After how many seconds the session asks, ends or gives up."""

    idle: float = 60.0
    """Without a touch until the countdown appears."""
    countdown: float = 20.0
    """From the countdown to the end of the session."""
    busy: float = 30.0
    """For reading a card and asking the city hall, and for printing."""
    phone: float = 180.0
    """Without a touch while a phone is to confirm, until the countdown appears."""
    no_card: float = 40.0
    """Without a touch in an account opened by phone, until the countdown appears."""


@dataclass(frozen=True)
class SignInChoices:
    """Which ways there are to sign in besides an ID card."""

    phone: bool = True
    """Offers to sign in with a phone, where the gateway has an OpenID provider for it."""
    passport: bool = True
    """Offers to sign in with a passport; it needs a contactless reader."""
    shuffled_pin_pad: bool = False
    """Mixes the keys of the PIN's pad anew for each citizen, against eyes and smudges."""


@dataclass(frozen=True)
class GatewayAddress:
    """The account gateway and this device's identity for it (PEM files)."""

    url: str
    """Its address; it begins with https://."""
    ca: Path
    """The authority whose certificate the gateway must show."""
    certificate: Path
    """This device's certificate."""
    key: Path
    """The private key of that certificate."""


@dataclass(frozen=True)
class PrinterAddress:
    """The receipt printer."""

    uri: str
    """tcp://HOST:PORT or file:PATH."""
    profile: str = "TM-T20II"
    """Its model as python-escpos names it."""


@dataclass(frozen=True)
class CityNames:
    """Whose infobox this is, as screens and receipts say it."""

    name: str = "Liberec"
    """The city's name."""
    above: str = "Statutární město"
    """The line over the name on receipts."""
    address: str = "Magistrát města Liberec, nám. Dr. E. Beneše 1"
    """The address on receipts."""
    project: str = "Otevřené město"
    """The line under the name on the screen."""
    timezone: str = "Europe/Prague"
    """Where its clocks are set (IANA name)."""
    sample: bool = False
    """Marks every receipt as a sample."""


@dataclass(frozen=True)
class KioskConfig:
    """Every key of `kiosk.toml`; paths are relative to that file's folder."""

    id: str
    """This device's name; receipts carry it."""
    agent_socket: Path | None = None
    """The agent's Unix socket; without it no alert arrives."""
    content: Path | None = None
    """The folder of the public content; without it the packaged sample is shown."""
    reader: str = ""
    """Only readers whose name contains this; empty takes any."""
    pointer: bool = False
    """Shows the mouse pointer, which a touch screen does not need."""
    geometry: Geometry = field(default_factory=Geometry)
    """Where the window stands."""
    session: SessionLimits = field(default_factory=SessionLimits)
    """The session's times."""
    sign_in: SignInChoices = field(default_factory=SignInChoices)
    """The ways to sign in."""
    city: CityNames = field(default_factory=CityNames)
    """Whose infobox this is."""
    gateway: GatewayAddress | None = None
    """Without it nobody can sign in."""
    printer: PrinterAddress | None = None
    """Without it nothing is printed."""


def load_config(path: Path) -> KioskConfig:
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
    config = _table(KioskConfig, raw, path, "")
    _check(config, path)
    return config


_Table = typing.TypeVar("_Table")


def _table(kind: type[_Table], raw: dict[str, object], path: Path, prefix: str) -> _Table:
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type] # our dataclasses
    for name in sorted(raw.keys() - known.keys()):
        raise ConfigError(f"{path}: {prefix}{name}: is not known here")
    for name, each in known.items():
        required = each.default is MISSING and each.default_factory is MISSING
        if required and name not in raw:
            raise ConfigError(f"{path}: {prefix}{name}: is missing")
    hints = typing.get_type_hints(kind)
    values = {name: _value(hints[name], value, path, prefix + name) for name, value in raw.items()}
    return kind(**values)


def _value(hint: object, value: object, path: Path, where: str) -> object:
    if isinstance(hint, types.UnionType):
        hint = next(each for each in typing.get_args(hint) if each is not types.NoneType)
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return _table(hint, value, path, f"{where}.")
    if hint is Path and isinstance(value, str) and value:
        return path.parent / value
    if hint is str and isinstance(value, str):
        return value
    if hint is bool and isinstance(value, bool):
        return value
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ConfigError(f"{path}: {where}: is not of the right type")


def _check(config: KioskConfig, path: Path) -> None:
    if not config.id or len(config.id) > 64:  # noqa: PLR2004 - a common name's length
        raise ConfigError(f"{path}: id: must have 1 to 64 characters")
    for name in ("idle", "countdown", "busy", "phone", "no_card"):
        if not 1 <= getattr(config.session, name) <= 3600:  # noqa: PLR2004 - seconds in an hour
            raise ConfigError(f"{path}: session.{name}: must be from 1 to 3600 seconds")
    if config.gateway and not config.gateway.url.startswith("https://"):
        raise ConfigError(f"{path}: gateway.url: must begin with https://")
    if min(config.geometry.width, config.geometry.height) < 0:
        raise ConfigError(f"{path}: geometry: must not be negative in width or height")
    try:
        ZoneInfo(config.city.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"{path}: city.timezone: is not a known zone") from error
