"""What can be booked is declared in YAML, and a wrong declaration is refused by its place."""

from datetime import date

import pytest
import yaml

from kiosk_app.gateway.submissions.services import ServicesError, parse_services

GOOD: dict[str, object] = {
    "service": "passports",
    "name": {"cs": "Doklady", "en": "Documents"},
    "department": {"cs": "Odbor", "en": "Department"},
    "place": {"cs": "Radnice", "en": "Town hall"},
    "hours": {"mon": ["08:00-12:00", "13:00-24:00"]},
    "slot_minutes": 20,
    "capacity": 2,
    "days_ahead": 30,
}


def parse(*services: object) -> str:
    try:
        parsed = parse_services(yaml.safe_dump(list(services)).encode(), "appointments.yaml")
    except ServicesError as error:
        return str(error)
    return f"{len(parsed)} good"


def test_service_as_it_was_declared() -> None:
    more = GOOD | {"closed": [date(2026, 12, 24)], "notice_minutes": 0}
    (service,) = parse_services(yaml.safe_dump([more]).encode(), "f")
    assert service.title.en == "Documents"
    assert [(hours.opens, hours.closes) for hours in service.hours[0]] == [(480, 720), (780, 1440)]
    assert service.hours[1:] == ((),) * 6
    assert (service.capacity, service.days_ahead) == (2, 30)
    assert len(service.closed) == 1
    assert service.notice.total_seconds() == 0
    assert service.slot.total_seconds() == 1200


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("service", "Passports", "not a name"),
        ("service", 5, "not a name"),
        ("name", {"cs": "x"}, "not a text in cs and en"),
        ("name", {"cs": "x", "en": ""}, "not a text in cs and en"),
        ("name", {"cs": "x", "en": "x", "de": "x"}, "not a text in cs and en"),
        ("hours", {}, "not a mapping"),
        ("hours", {"monday": []}, "none of mon"),
        ("hours", {"mon": "08:00-12:00"}, "not a list"),
        ("hours", {"mon": ["8-12"]}, "not written"),
        ("hours", {"mon": [8]}, "not written"),
        ("hours", {"mon": ["12:00-08:00"]}, "begin before"),
        ("hours", {"mon": ["08:00-24:30"]}, "begin before"),
        ("hours", {"mon": ["08:00-12:00", "11:00-13:00"]}, "overlap"),
        ("slot_minutes", 4, "not a number from 5"),
        ("slot_minutes", True, "not a number"),
        ("capacity", 0, "not a number from 1"),
        ("days_ahead", "30", "not a number"),
        ("closed", "2026-12-24", "not a list"),
        ("closed", ["2026-12-24"], "other than dates"),
        ("notice_minutes", -1, "not a number"),
        ("colour", "red", "not known"),
    ],
)
def test_wrong_member_is_named(member: str, value: object, sentence: str) -> None:
    found = parse(GOOD | {member: value})
    assert sentence in found
    assert member in found


def test_file_that_is_none() -> None:
    for data in (b"", b"a: b", b"- [", b"\xff", b"x" * (1 << 19), b"- 5", b"[]"):
        with pytest.raises(ServicesError, match=r"appointments\.yaml"):
            parse_services(data, "appointments.yaml")
    assert "same name" in parse(GOOD, GOOD)
    assert "hours: is missing" in parse({name: GOOD[name] for name in GOOD if name != "hours"})
    assert parse(GOOD) == "1 good"
