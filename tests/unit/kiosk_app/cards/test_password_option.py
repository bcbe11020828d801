"""Passwords from options, environment and input, and what is none."""

import io

import pytest

from kiosk_app.cards.icao.passwords import Can, MrzKey
from kiosk_app.cards.password_option import PasswordOptionError, password_from
from tests.fakes.document_signer import JANA
from tests.fakes.document_signer.people import lines

KEY = MrzKey("999009812", "840517", "340101")
ZONE = lines(JANA)


def given(
    can: str | None = None, mrz: str | None = None, written: str = "", **environment: str
) -> object:
    return password_from(can, mrz, environment, io.StringIO(written))


def test_nothing_given() -> None:
    assert given() is None


def test_a_can_from_each_source() -> None:
    assert given("123456") == Can("123456")
    assert given("-", written=" 123456 \nmore") == Can("123456")
    assert given(KIOSK_APP_CAN="123456") == Can("123456")


def test_a_zone_from_each_source() -> None:
    assert given(mrz=ZONE) == KEY
    assert given(mrz="-", written=ZONE.replace(" ", "\n") + "\n") == KEY
    assert given(KIOSK_APP_MRZ=ZONE.lower()) == KEY


@pytest.mark.parametrize("fields", ["999009812 840517 340101", "999009812, 1984-05-17, 2034-01-01"])
def test_the_three_fields(fields: str) -> None:
    assert given(mrz=fields) == KEY


def test_an_option_outweighs_the_environment() -> None:
    assert given("123456", KIOSK_APP_CAN="000000", KIOSK_APP_MRZ="x") == Can("123456")


@pytest.mark.parametrize(
    "can", ["", "12345", "1234567", "12345a", "\N{ARABIC-INDIC DIGIT ONE}" * 6, "-"]
)
def test_a_can_that_is_none_is_not_repeated(can: str) -> None:
    with pytest.raises(PasswordOptionError, match="a CAN is six digits"):
        given(can)


@pytest.mark.parametrize(
    "mrz",
    [
        "",
        "-",
        "999009812",
        "999009812 84051 340101",
        ZONE.replace("8405173", "8405174"),
        ZONE.replace("F", "é"),
    ],
)
def test_a_zone_that_is_none_is_not_repeated(mrz: str) -> None:
    with pytest.raises(PasswordOptionError) as caught:
        given(mrz=mrz)
    assert "999009812" not in str(caught.value)


def test_both_at_once() -> None:
    with pytest.raises(PasswordOptionError, match="not by both"):
        given("123456", ZONE)


def test_endless_input_is_not_read_to_its_end() -> None:
    with pytest.raises(PasswordOptionError):
        given(mrz="-", written="9" * 100_000)
