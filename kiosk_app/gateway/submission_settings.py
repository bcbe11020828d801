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
from kiosk_app.gateway.delivery_settings import DeliverySettings, parse_delivery
from kiosk_app.gateway.settings_table import SettingsError, SettingsTable

TABLES: Final = frozenset({"departments", "topics", "defects", "appointments", "delivery"})
"""The tables of `gateway.toml` that are read here."""


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
    root = SettingsTable(raw, "", folder)
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
        delivery=parse_delivery(root.table("delivery")),
    )
    for table in (defects, appointments, root):
        table.refuse_others()
    mailed = any(department.email is not None for department in departments.values())
    if mailed and Channel.EMAIL not in settings.delivery.channels:
        raise SettingsError("delivery: says no way for the letters to the departments")
    if settings.categories and settings.box is None:
        raise SettingsError("defects.box: is missing")
    return settings


def _name(table: SettingsTable) -> LocalizedText:
    return LocalizedText(table.text("cs"), table.text("en"))


def _only_name(table: SettingsTable) -> LocalizedText:
    name = _name(table)
    table.refuse_others()
    return name


def _department(table: SettingsTable) -> Department:
    email = table.text("email") if table.has("email") else None
    department = Department(_name(table), email)
    table.refuse_others()
    return department


def _category(table: SettingsTable, departments: Mapping[str, Department]) -> Category:
    category = Category(_name(table), table.text("department"))
    if category.department not in departments:
        raise table.error("department", "is not among the departments")
    table.refuse_others()
    return category


def _box(table: SettingsTable) -> Box | None:
    if not table.has("box"):
        return None
    match table.list("box"):
        case [float(south), float(west), float(north), float(east)] if (
            south < north and west < east
        ):
            return Box(south, west, north, east)
        case _:
            raise table.error("box", "is not south, west, north, east in degrees")
