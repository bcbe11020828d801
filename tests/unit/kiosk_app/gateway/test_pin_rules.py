"""PINs that everybody tries first cannot be chosen."""

from datetime import date

import pytest

from kiosk_app.gateway.pin_rules import PinRules

BORN = date(1984, 5, 17)


@pytest.mark.parametrize("pin", ["2580", "1470", "90817263", "1705198"])
def test_good_pin(pin: str) -> None:
    assert PinRules().objection(pin, BORN) is None


@pytest.mark.parametrize("pin", ["0000", "77777777", "1234", "7890", "8901", "4321", "1098"])
def test_pin_everybody_tries_first(pin: str) -> None:
    assert PinRules().objection(pin, None) is not None


@pytest.mark.parametrize(
    "pin",
    ["1705", "0517", "1984", "170584", "051784", "840517", "17051984", "05171984", "19840517"],
)
def test_date_of_birth(pin: str) -> None:
    assert PinRules().objection(pin, BORN) == "a PIN is not the date of birth"
    assert PinRules().objection(pin, None) is None


@pytest.mark.parametrize("pin", ["", "258", "908172635", "25x0", "٢٥٨٠", "25 0"])
def test_what_is_no_pin(pin: str) -> None:
    assert PinRules().objection(pin, None) is not None


@pytest.mark.parametrize(("shortest", "longest"), [(3, 8), (6, 5), (4, 13)])
def test_rules_that_are_none(shortest: int, longest: int) -> None:
    with pytest.raises(ValueError, match="from 4 to 12 digits"):
        PinRules(shortest, longest)
