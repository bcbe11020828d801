"""Machine readable zones; the specimens are those of ICAO Doc 9303 parts 4, 5 and 6."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.mrz import MrzError, ShortDate, check_digit, parse_mrz

TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<" + "D231458907UTO7408122F1204159<<<<<<<6"
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.mark.parametrize(("zone", "number"), [(TD1, "D23145890"), (TD2, "D23145890")])
def test_cards(zone: str, number: str) -> None:
    facts = parse_mrz(zone)
    assert (facts.document_code, facts.issuing_state, facts.nationality) == ("I", "UTO", "UTO")
    assert (facts.surname, facts.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (facts.document_number, facts.sex) == (number, "F")
    assert (facts.birth, facts.expiry) == (ShortDate(74, 8, 12), ShortDate(12, 4, 15))


def test_a_passport() -> None:
    facts = parse_mrz(TD3)
    assert (facts.document_code, facts.document_number) == ("P", "L898902C3")
    assert facts.optional == "ZE184226B"


def test_a_long_number_goes_on_in_the_optional_data() -> None:
    digit = check_digit("D23145890734")
    one = f"I<UTOD23145890<734{digit}".ljust(30, "<")
    body = TD1[30:59]
    composite = check_digit(one[5:30] + body[:7] + body[8:15] + body[18:29])
    assert parse_mrz(one + body + composite + TD1[60:]).document_number == "D23145890734"


def test_a_number_with_neither_digit_nor_continuation_is_refused() -> None:
    one = "I<UTOD23145890<".ljust(30, "<")
    body = TD1[30:59]
    composite = check_digit(one[5:30] + body[:7] + body[8:15] + body[18:29])
    with pytest.raises(MrzError, match="document number"):
        parse_mrz(one + body + composite + TD1[60:])


@pytest.mark.parametrize("at", [5, 14, 30, 36, 38, 44, 59])
def test_a_changed_character_is_noticed(at: int) -> None:
    changed = TD1[:at] + ("1" if TD1[at] != "1" else "2") + TD1[at + 1 :]
    with pytest.raises(MrzError, match="check digit"):
        parse_mrz(changed)


@pytest.mark.parametrize("zone", ["", TD1[:-1], TD1.lower(), TD1.replace("ANNA", "ÁNNA")])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(MrzError):
        parse_mrz(zone)


def test_a_date_without_a_year_is_refused() -> None:
    body = "<<<<<<0F1204159UTO<<<<<<<<<<<"
    composite = check_digit(TD1[5:30] + body[:7] + body[8:15] + body[18:29])
    with pytest.raises(MrzError, match="no year"):
        parse_mrz(TD1[:30] + body + composite + TD1[60:])


@pytest.mark.parametrize(
    ("short", "today", "expected"),
    [
        (ShortDate(84, 5, 17), date(2026, 1, 1), date(1984, 5, 17)),
        (ShortDate(20, 5, 17), date(2026, 1, 1), date(2020, 5, 17)),
        (ShortDate(26, 5, 17), date(2026, 1, 1), date(1926, 5, 17)),
        (ShortDate(26, None, 17), date(2026, 1, 1), None),
        (ShortDate(26, 2, 30), date(2026, 1, 1), None),
    ],
)
def test_birth_lies_in_the_last_hundred_years(
    short: ShortDate, today: date, expected: date | None
) -> None:
    assert short.birth(today) == expected


def test_expiry_lies_in_this_century() -> None:
    assert ShortDate(34, 1, 1).expiry() == date(2034, 1, 1)


@given(st.text(alphabet="<0123456789ABCXYZ", min_size=90, max_size=90))
def test_any_characters_are_read_or_refused(zone: str) -> None:
    with contextlib.suppress(MrzError):
        parse_mrz(zone)
