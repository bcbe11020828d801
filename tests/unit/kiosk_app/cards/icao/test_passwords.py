"""What can be a password of a chip, and what cannot."""

import pytest

from kiosk_app.cards.icao.passwords import (
    Can,
    MrzKey,
    Password,
    PasswordError,
    bac_seed,
    mrz_key,
    pace_secret,
    reference,
)
from kiosk_app.cards.mrz import MrzError

TD1 = "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<" + "D231458907UTO7408122F1204159<<<<<<<6"
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.mark.parametrize(
    ("zone", "key"),
    [
        (TD1, MrzKey("D23145890734", "340712", "950712")),
        (TD2, MrzKey("D23145890", "740812", "120415")),
        (TD3, MrzKey("L898902C3", "740812", "120415")),
    ],
)
def test_the_key_is_found_in_a_whole_zone(zone: str, key: MrzKey) -> None:
    assert mrz_key(zone) == key


def test_a_zone_with_a_wrong_digit_is_no_key() -> None:
    with pytest.raises(MrzError):
        mrz_key(TD3[:-1] + "1")


def test_each_kind_is_named() -> None:
    assert reference(Can("123456")) == b"\x02"
    assert reference(mrz_key(TD3)) == b"\x01"


def test_the_secret_of_a_can_is_its_digits() -> None:
    assert pace_secret(Can("012345")) == b"012345"


def test_basic_access_takes_sixteen_bytes_of_the_secret() -> None:
    assert pace_secret(mrz_key(TD3))[:16] == bac_seed(mrz_key(TD3))


@pytest.mark.parametrize(
    "password",
    [
        Can(""),
        Can("12345"),
        Can("1234567"),
        Can("12345a"),
        Can("\uff11" * 6),
        MrzKey("A" * 23, "740812", "120415"),
        MrzKey("L898902C3", "74081", "120415"),
        MrzKey("L898902C3", "740812", "1204155"),
        MrzKey("l898902c3", "740812", "120415"),
        MrzKey("L898902C3", "7408 2", "120415"),
    ],
)
def test_what_cannot_be_a_password(password: Password) -> None:
    with pytest.raises(PasswordError):
        pace_secret(password)
