"""What can be booked at the city hall, as its people declare it in YAML; it books nothing.

- service: passports
  name: {cs: Cestovní doklady, en: Travel documents}
  department: {cs: Odbor správní, en: Civic Department}
  place: {cs: "Radnice, přepážka 4", en: "Town hall, desk 4"}
  hours: {mon: ["08:00-12:00", "13:00-17:00"], wed: ["08:00-17:00"]}
  slot_minutes: 20
  capacity: 2
  days_ahead: 30
  closed: [2026-12-24]
"""

import itertools
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

import yaml

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.errors import CannotServe
from kiosk_app.gateway.submissions.free_times import Hours, Service

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS: Final = frozenset(
    {"service", "name", "department", "place", "hours", "slot_minutes", "capacity", "days_ahead"}
)
_OPTIONAL: Final = frozenset({"closed", "notice_minutes"})
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_HOURS: Final = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_MAX_FILE: Final = 1 << 18
_MAX_SERVICES: Final = 100
_NUMBERS: Final = {
    "slot_minutes": range(5, 481),
    "capacity": range(1, 101),
    "days_ahead": range(1, 91),
    "notice_minutes": range(10_081),
}


class ServicesError(CannotServe):
    """The declaration cannot be used; one sentence with the file and the place in it."""


def parse_services(data: bytes, file: str) -> tuple[Service, ...]:
    """The services in one YAML file.

    Raises:
        ServicesError: with the file and the place.
    """
    if len(data) > _MAX_FILE:
        raise ServicesError(f"{file}: is longer than {_MAX_FILE} bytes")
    try:
        # Not libyaml's loader: a file nested deep enough would end the process.
        raw = yaml.safe_load(data)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ServicesError(f"{file}: is not YAML") from error
    if not isinstance(raw, list) or not 0 < len(raw) <= _MAX_SERVICES:
        raise ServicesError(f"{file}: is not a list of 1 to {_MAX_SERVICES} services")
    services = tuple(_service(item, f"{file}: [{index}]") for index, item in enumerate(raw))
    if len({service.id for service in services}) != len(services):
        raise ServicesError(f"{file}: two services have the same name")
    return services


def _service(raw: object, place: str) -> Service:
    if not isinstance(raw, Mapping):
        raise ServicesError(f"{place}: is not a mapping")
    for name in raw.keys() - _KEYS - _OPTIONAL:
        raise ServicesError(f"{place}: {name}: is not known here")
    for name in sorted(_KEYS - raw.keys()):
        raise ServicesError(f"{place}: {name}: is missing")
    service = raw["service"]
    if not isinstance(service, str) or _ID.fullmatch(service) is None:
        raise ServicesError(f"{place}: service: is not a name of small letters, digits and hyphens")
    return Service(
        id=service,
        title=_name(raw["name"], f"{place}: name"),
        department=_name(raw["department"], f"{place}: department"),
        place=_name(raw["place"], f"{place}: place"),
        hours=_week(raw["hours"], f"{place}: hours"),
        slot=timedelta(minutes=_number(raw, "slot_minutes", place)),
        capacity=_number(raw, "capacity", place),
        days_ahead=_number(raw, "days_ahead", place),
        closed=_closed(raw.get("closed", []), f"{place}: closed"),
        notice=timedelta(
            minutes=_number({"notice_minutes": 60} | dict(raw), "notice_minutes", place)
        ),
    )


def _name(raw: object, place: str) -> LocalizedText:
    match raw:
        case {"cs": str(cs), "en": str(en), **others} if cs.strip() and en.strip() and not others:
            return LocalizedText(cs, en)
        case _:
            raise ServicesError(f"{place}: is not a text in cs and en")


def _number(raw: Mapping[str, object], name: str, place: str) -> int:
    value, allowed = raw[name], _NUMBERS[name]
    if type(value) is not int or value not in allowed:
        raise ServicesError(
            f"{place}: {name}: is not a number from {allowed.start} to {allowed.stop - 1}"
        )
    return value


def _week(raw: object, place: str) -> tuple[tuple[Hours, ...], ...]:
    if not isinstance(raw, Mapping) or not raw:
        raise ServicesError(f"{place}: is not a mapping of weekdays")
    for name in raw.keys() - set(_DAYS):
        raise ServicesError(f"{place}: {name}: is none of {', '.join(_DAYS)}")
    return tuple(_day(raw.get(day, []), f"{place}: {day}") for day in _DAYS)


def _day(raw: object, place: str) -> tuple[Hours, ...]:
    if not isinstance(raw, list):
        raise ServicesError(f"{place}: is not a list of hours")
    hours = tuple(_hours(item, place) for item in raw)
    for earlier, later in itertools.pairwise(hours):
        if later.opens < earlier.closes:
            raise ServicesError(f"{place}: hours overlap or are out of order")
    return hours


def _hours(raw: object, place: str) -> Hours:
    found = _HOURS.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise ServicesError(f'{place}: hours are not written as "08:00-12:00"')
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    try:
        return Hours(from_hour * 60 + from_minute, to_hour * 60 + to_minute)
    except ValueError as error:
        raise ServicesError(f"{place}: {error}") from error


def _closed(raw: object, place: str) -> frozenset[date]:
    if not isinstance(raw, list):
        raise ServicesError(f"{place}: is not a list of dates")
    for item in raw:
        if not isinstance(item, date) or isinstance(item, datetime):
            raise ServicesError(f"{place}: has other than dates")
    return frozenset(raw)
