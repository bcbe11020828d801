"""Machine readable zones; the specimens are those of ICAO Doc 9303 parts 4, 5 and 6."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.mrz import MrzError, ShortDate, check_digit, expired, parse_mrz

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


DIGITS = {TD1: (14, 36, 44, 59), TD2: (45, 55, 63, 71), TD3: (53, 63, 71, 86, 87)}


@pytest.mark.parametrize(("zone", "at"), [(zone, at) for zone in DIGITS for at in DIGITS[zone]])
def test_every_check_digit_of_every_size_is_checked(zone: str, at: int) -> None:
    changed = str((int(zone[at]) + 1) % 10)
    with pytest.raises(MrzError, match="check digit"):
        parse_mrz(zone[:at] + changed + zone[at + 1 :])


def test_a_field_and_the_composite_digit_changed_together_are_noticed() -> None:
    other = TD3[:72] + "ZE184226C" + TD3[81:87]
    composite = check_digit(other[44:54] + other[57:64] + other[65:87])
    with pytest.raises(MrzError, match="optional data"):
        parse_mrz(other + composite)


def test_a_passport_without_optional_data_needs_no_digit_for_it() -> None:
    for digit in "0<":
        second = TD3[44:72] + "<" * 14 + digit
        composite = check_digit(second[:10] + second[13:20] + second[21:43])
        assert parse_mrz(TD3[:44] + second + composite).optional == ""


@pytest.mark.parametrize(("today", "over"), [(date(2012, 4, 15), False), (date(2012, 4, 16), True)])
def test_a_document_is_valid_on_its_last_day(today: date, *, over: bool) -> None:
    assert expired(parse_mrz(TD3), today) is over


def test_a_document_without_a_whole_last_day_never_expires() -> None:
    second = TD3[44:65] + "1204<<" + check_digit("1204<<") + TD3[72:87]
    composite = check_digit(second[:10] + second[13:20] + second[21:43])
    assert not expired(parse_mrz(TD3[:44] + second + composite), date(2030, 1, 1))


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
