"""The gateway's configuration: one TOML file read once into a frozen value; it opens nothing."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeGuard, TypeVar, get_args, get_type_hints
from zoneinfo import available_timezones

from kiosk_app.gateway.assurance import DEFAULT_TABLE, AssuranceTable, parse_table
from kiosk_app.gateway.errors import CannotServe
from kiosk_app.gateway.settings_table import SettingsError
from kiosk_app.gateway.submission_settings import (
    NOTHING_TAKEN,
    TABLES,
    SubmissionSettings,
    parse_settings,
)

T = TypeVar("T")

PACKAGED_AGENDAS: Final = Path(__file__).parent / "agendas"


class ConfigError(CannotServe):
    """The configuration cannot be used; one sentence with the file and the key."""


@dataclass(frozen=True)
class PinConfig:
    """Every key of the table `[pin]`: the account PIN."""

    tries: int = 5
    """After how many wrong PINs in a row one is locked until the counter unlocks it."""
    shortest: int = 4
    """The fewest digits of a PIN."""
    longest: int = 8
    """The most digits of a PIN."""
    typed_a_minute: int = 10
    """How many PINs one person may type a minute, at all kiosks together."""
    passes: int = 3
    """Argon2id's passes (RFC 9106: t)."""
    memory_mib: int = 64
    """Argon2id's memory in MiB (RFC 9106: m)."""
    lanes: int = 4
    """Argon2id's lanes (RFC 9106: p)."""
    parallel: int = 2
    """How many PINs are checked at once: so many times that memory is taken."""

    def __post_init__(self) -> None:
        if self.shortest > self.longest:
            raise ValueError("shortest: is more than longest")


@dataclass(frozen=True)
class OpenIdConfig:
    """Every key of the table `[openid]`: the city's OpenID provider, to sign in by telephone."""

    issuer: str
    """The provider's issuer identifier, an https address."""
    client_id: str
    """What the provider calls this gateway."""
    secret: Path | None = None
    """A file with the client secret (`client_secret_basic`)."""
    private_key: Path | None = None
    """A file with the key (PEM) of `private_key_jwt`; either this or a secret."""
    scope: str = "openid"
    """The scopes asked for."""
    person_claim: str = "sub"
    """The claim of the ID token that names the person in `persons_openid`."""
    ca: Path | None = None
    """The authorities of the provider's certificate (PEM); none: those of the system."""
    hosts: tuple[str, ...] = ()
    """Further hosts (`name` or `name:port`) where its endpoints may be; its issuer's host may."""
    acr: tuple[str, ...] = ()
    """The authentication contexts one of which the ID token must state; none: any."""
    algorithms: tuple[str, ...] = ("ES256", "RS256", "PS256", "EdDSA")
    """The signature algorithms an ID token may have."""
    logins_per_kiosk: int = 10
    """How many of these logins one kiosk may begin a minute."""


@dataclass(frozen=True)
class DocumentsConfig:
    """Every key of the table `[documents]`: which signatures of states are believed."""

    crls: Path | None = None
    """A folder of the states' revocation lists (DER, PEM), read anew when a file changes."""
    expired_crl: Literal["accept", "refuse"] = "accept"
    """What becomes of a state's documents while its newest list has run out."""
    sha1: bool = False
    """Accept signatures over SHA-1, which a few states made until about 2010."""
    contact_ca: Path | None = None
    """A folder of the issuers of contact cards (DER, PEM); none: those are not accepted."""
    contact_crls: Path | None = None
    """A folder of those issuers' revocation lists."""


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
    databases: dict[str, str] = field(default_factory=dict, repr=False)
    """Further databases by the name agendas call them (`[databases]`), as SQLAlchemy URLs."""
    time_zone: str = "Europe/Prague"
    """The city's zone: its day is "today", and times without a zone are in it."""
    store: str | None = None
    """The SQLAlchemy URL of the gateway's own store; none: `store.db` in the state folder."""
    assurance: AssuranceTable = DEFAULT_TABLE
    """Which scopes each assurance opens (`[assurance]`, lists of scopes)."""
    documents: DocumentsConfig = DocumentsConfig()
    """Which signatures of states are believed (`[documents]`)."""
    pin: PinConfig = PinConfig()
    """The account PIN (`[pin]`)."""
    openid: OpenIdConfig | None = None
    """The city's OpenID provider (`[openid]`); none: nobody signs in by telephone."""
    submissions: SubmissionSettings = NOTHING_TAKEN
    """What citizens may hand in (`[departments]`, `[topics]`, `[defects]`, `[appointments]`,
    `[delivery]`: see `submission_settings`)."""
    audit_file_mib: int = 64
    """After how many MiB a file of the audit is put aside and a new one begun."""
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
    tables = {name: raw.pop(name) for name in TABLES & raw.keys()}
    config = _read(GatewayConfig, raw, path, "")
    try:
        submissions = parse_settings(tables, path.parent, config.time_zone)
    except SettingsError as error:
        raise ConfigError(f"{path}: {error}") from error
    return replace(config, submissions=submissions)


def _read(kind: type[T], raw: Mapping[str, object], path: Path, prefix: str) -> T:
    """One table as the dataclass that declares its keys."""
    kinds = get_type_hints(kind)
    for name in sorted(raw.keys() - kinds.keys()):
        raise ConfigError(f"{path}: {prefix}{name}: is not known here")
    for name in sorted(_required(kind) - raw.keys()):
        raise ConfigError(f"{path}: {prefix}{name}: is missing")
    values = {name: _value(kinds[name], raw[name], path, prefix + name) for name in raw}
    try:
        return kind(**values)
    except ValueError as error:
        raise ConfigError(f"{path}: {prefix}{error}") from error


def _required(kind: Any) -> set[str]:  # noqa: ANN401 - a dataclass, which has no type of its own
    return {
        each.name
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    }


def _value(kind: object, value: object, path: Path, name: str) -> object:
    table = _TABLES.get(kind)
    if table is not None and isinstance(value, dict):
        return _read(table, value, path, f"{name}.")
    if kind is AssuranceTable and isinstance(value, dict):
        return _assurance(value, path, name)
    return _plain_value(kind, value, path, name)


def _assurance(value: dict[str, object], path: Path, name: str) -> AssuranceTable:
    try:
        return parse_table(value)
    except ValueError as error:
        raise ConfigError(f"{path}: {name}.{error}") from error


def _plain_value(kind: object, value: object, path: Path, name: str) -> object:
    if kind in {Path, Path | None} and isinstance(value, str) and value:
        return path.parent / value
    if name == "time_zone" and value not in available_timezones():
        raise ConfigError(f"{path}: time_zone: is no zone such as Europe/Prague")
    if kind in {str, str | None} and isinstance(value, str) and value:
        return value
    if kind == dict[str, str] and isinstance(value, dict) and _is_texts([*value.values()]):
        return value
    switch = kind is bool and isinstance(value, bool)
    if switch or (kind == _EXPIRED and value in get_args(_EXPIRED)):
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


_TABLES: Final[dict[object, type]] = {
    DocumentsConfig: DocumentsConfig,
    PinConfig: PinConfig,
    OpenIdConfig | None: OpenIdConfig,
}
_EXPIRED: Final = Literal["accept", "refuse"]
_COUNT: Final = range(1, 1_000_001)
_RANGES: Final = {
    "port": range(65_536),
    "pin.tries": range(1, 101),
    "pin.shortest": range(4, 13),
    "pin.longest": range(4, 13),
    "pin.passes": range(1, 101),
    "pin.memory_mib": range(1, 4097),
    "pin.lanes": range(1, 65),
    "pin.parallel": range(1, 65),
}
_KINDS: Final[dict[object, str]] = {
    Path: "a path",
    Path | None: "a path",
    str: "a text",
    str | None: "a text",
    DocumentsConfig: "a table",
    PinConfig: "a table",
    bool: "true or false",
    _EXPIRED: "“accept” or “refuse”",
    OpenIdConfig | None: "a table",
    AssuranceTable: "a table",
    SubmissionSettings: "a table of its own name",
    tuple[str, ...]: "a list of texts",
    dict[str, str]: "a table of texts",
}


def _wanted(kind: object, name: str) -> str:
    allowed = _RANGES.get(name, _COUNT)
    return _KINDS.get(kind, f"a number from {allowed.start} to {allowed.stop - 1}")
