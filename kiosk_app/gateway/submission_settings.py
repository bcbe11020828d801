"""How the city takes what citizens hand in: the tables of `gateway.toml` for it; it opens no file.

[departments.transport]
cs = "Odbor dopravy"
en = "Transport Department"
email = "doprava@mesto.example"       # where what is handed in goes to

[topics.appointments]                 # what a person may want to be told of
cs = "Připomenutí termínu"
en = "Reminders of appointments"

[defects]
box = [50.69, 14.94, 50.83, 15.18]    # south, west, north, east: degrees, WGS 84
[defects.categories.lamp]
cs = "Nesvítí lampa"
en = "A street lamp is out"
department = "transport"

[appointments]
services = "appointments.yaml"

[delivery]
folder = "outbox"                     # the demo's: each letter a file, nothing is sent
sms_countries = ["+420", "+421"]
[delivery.smtp]
host = "mail.mesto.example"
sender = "infobox@mesto.example"
[delivery.sms]
url = "https://sms.mesto.example/send"
fields = {to = "{address}", text = "{text}", id = "{id}"}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kiosk_app.account.model import Channel, LocalizedText
from kiosk_app.gateway.errors import CannotServe

TABLES: Final = frozenset({"departments", "topics", "defects", "appointments", "delivery"})
"""The tables of `gateway.toml` that are read here."""
_SECURITIES: Final = frozenset({"tls", "starttls", "none"})
_PORT: Final = range(1, 65_536)


class SettingsError(CannotServe):
    """The settings cannot be used; one sentence with the key."""


@dataclass(frozen=True)
class Department:
    """An office that takes messages; `email` is where they go, None keeps them in the store."""

    name: LocalizedText
    email: str | None


@dataclass(frozen=True)
class Category:
    """A kind of defect, and the department that mends it."""

    name: LocalizedText
    department: str


@dataclass(frozen=True)
class Box:
    """Where the city is, in degrees (WGS 84)."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether that point is in the city."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True)
class SmtpSettings:
    """A mail server. `credentials` is a file of two lines, user and password."""

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    ca: Path | None = None
    credentials: Path | None = None
    timeout: int = 10


@dataclass(frozen=True)
class SmsSettings:
    """A gateway for text messages over HTTP.

    In the values of `fields`, {address}, {text} and {id} are filled in; they are sent as JSON or
    as a form. `secrets` is a file of header lines ("Authorization: Bearer …").
    """

    url: str
    fields: Mapping[str, str]
    format: str = "json"
    ca: Path | None = None
    secrets: Path | None = None
    timeout: int = 10


@dataclass(frozen=True)
class DeliverySettings:
    """How letters leave; a channel without a server goes to `folder`, without that nowhere."""

    folder: Path | None = None
    smtp: SmtpSettings | None = None
    sms: SmsSettings | None = None
    sms_countries: tuple[str, ...] = ("+420",)

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels by which letters can leave."""
        servers = {Channel.EMAIL: self.smtp, Channel.SMS: self.sms}
        return frozenset(
            channel
            for channel, server in servers.items()
            if server is not None or self.folder is not None
        )


@dataclass(frozen=True)
class SubmissionSettings:
    """All tables; a city without any takes nothing."""

    departments: Mapping[str, Department] = field(default_factory=dict)
    topics: Mapping[str, LocalizedText] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    box: Box | None = None
    services: Path | None = None
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Europe/Prague"))
    delivery: DeliverySettings = field(default_factory=DeliverySettings)


NOTHING_TAKEN: Final = SubmissionSettings()


def parse_settings(
    raw: Mapping[str, object], folder: Path, time_zone: str = "Europe/Prague"
) -> SubmissionSettings:
    """The settings in those tables; paths are relative to `folder`.

    Raises:
        SettingsError: with the key.
    """
    root = _Table(raw, "", folder)
    departments = {name: _department(table) for name, table in root.tables("departments")}
    defects, appointments = root.table("defects"), root.table("appointments")
    settings = SubmissionSettings(
        departments=departments,
        topics={name: _only_name(table) for name, table in root.tables("topics")},
        categories={
            name: _category(table, departments) for name, table in defects.tables("categories")
        },
        box=_box(defects),
        services=appointments.path("services"),
        zone=ZoneInfo(time_zone),
        delivery=_delivery(root.table("delivery")),
    )
    for table in (defects, appointments, root):
        table.refuse_others()
    mailed = any(department.email is not None for department in departments.values())
    if mailed and Channel.EMAIL not in settings.delivery.channels:
        raise SettingsError("delivery: says no way for the letters to the departments")
    if settings.categories and settings.box is None:
        raise SettingsError("defects.box: is missing")
    return settings


class _Table:
    """One table; what was asked for is known, the rest is refused."""

    def __init__(self, raw: object, place: str, folder: Path) -> None:
        if not isinstance(raw, Mapping):
            raise SettingsError(f"{place.removesuffix('.')}: is not a table")
        self._raw: Mapping[str, object] = raw
        self._place = place
        self._folder = folder
        self._known: set[str] = set()

    def table(self, name: str) -> "_Table":
        return _Table(self._value(name, {}), f"{self._place}{name}.", self._folder)

    def tables(self, name: str) -> list[tuple[str, "_Table"]]:
        outer = self.table(name)
        return [(inner, outer.table(inner)) for inner in outer._raw]  # noqa: SLF001 - its own kind

    def has(self, name: str) -> bool:
        self._known.add(name)
        return name in self._raw

    def text(self, name: str, default: str | None = None) -> str:
        value = self._value(name, default)
        if not isinstance(value, str) or not value.strip():
            raise self.error(name, "is not a text")
        return value

    def path(self, name: str) -> Path | None:
        return self._folder / self.text(name) if self.has(name) else None

    def number(self, name: str, default: int, allowed: range) -> int:
        value = self._value(name, default)
        if type(value) is not int or value not in allowed:
            raise self.error(name, f"is not a number from {allowed.start} to {allowed.stop - 1}")
        return value

    def choice(self, name: str, default: str, allowed: frozenset[str]) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise self.error(name, f"is none of {', '.join(sorted(allowed))}")
        return value

    def list(self, name: str) -> list[object]:
        value = self._value(name, None)
        if not isinstance(value, list) or not value:
            raise self.error(name, "is not a list")
        return value

    def texts(self, name: str) -> dict[str, str]:
        table = self.table(name)
        return {inner: table.text(inner) for inner in table._raw}  # noqa: SLF001 - its own kind

    def error(self, name: str, what: str) -> SettingsError:
        return SettingsError(f"{self._place}{name}: {what}")

    def refuse_others(self) -> None:
        for name in sorted(self._raw.keys() - self._known):
            raise self.error(name, "is not known here")

    def _value(self, name: str, default: object) -> object:
        self._known.add(name)
        return self._raw.get(name, default)


def _name(table: _Table) -> LocalizedText:
    return LocalizedText(table.text("cs"), table.text("en"))


def _only_name(table: _Table) -> LocalizedText:
    name = _name(table)
    table.refuse_others()
    return name


def _department(table: _Table) -> Department:
    email = table.text("email") if table.has("email") else None
    department = Department(_name(table), email)
    table.refuse_others()
    return department


def _category(table: _Table, departments: Mapping[str, Department]) -> Category:
    category = Category(_name(table), table.text("department"))
    if category.department not in departments:
        raise table.error("department", "is not among the departments")
    table.refuse_others()
    return category


def _box(table: _Table) -> Box | None:
    if not table.has("box"):
        return None
    match table.list("box"):
        case [float(south), float(west), float(north), float(east)] if (
            south < north and west < east
        ):
            return Box(south, west, north, east)
        case _:
            raise table.error("box", "is not south, west, north, east in degrees")


def _delivery(table: _Table) -> DeliverySettings:
    countries = ["+420"] if not table.has("sms_countries") else table.list("sms_countries")
    delivery = DeliverySettings(
        folder=table.path("folder"),
        smtp=_smtp(table.table("smtp")) if table.has("smtp") else None,
        sms=_sms(table.table("sms")) if table.has("sms") else None,
        sms_countries=tuple(item for item in countries if isinstance(item, str)),
    )
    if not all(isinstance(item, str) and item.startswith("+") for item in countries):
        raise table.error("sms_countries", 'is not a list of prefixes ("+420")')
    table.refuse_others()
    return delivery


def _smtp(table: _Table) -> SmtpSettings:
    settings = SmtpSettings(
        host=table.text("host"),
        sender=table.text("sender"),
        port=table.number("port", 587, _PORT),
        security=table.choice("security", "starttls", _SECURITIES),
        ca=table.path("ca"),
        credentials=table.path("credentials"),
        timeout=table.number("timeout", 10, range(1, 61)),
    )
    table.refuse_others()
    if settings.security == "none" and settings.credentials is not None:
        raise table.error("credentials", "are never sent without TLS")
    return settings


def _sms(table: _Table) -> SmsSettings:
    settings = SmsSettings(
        url=table.text("url"),
        fields=table.texts("fields"),
        format=table.choice("format", "json", frozenset({"json", "form"})),
        ca=table.path("ca"),
        secrets=table.path("secrets"),
        timeout=table.number("timeout", 10, range(1, 61)),
    )
    table.refuse_others()
    if not settings.url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise table.error("url", "does not begin with https://")
    return settings
