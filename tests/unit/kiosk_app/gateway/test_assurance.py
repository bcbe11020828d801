"""What an assurance opens is the city's to say, within reason."""

import pytest

from kiosk_app.account.model import Assurance, Scope
from kiosk_app.gateway.assurance import DEFAULT_TABLE, AssuranceTable, parse_table


def test_a_copied_card_opens_the_overview_only() -> None:
    assert DEFAULT_TABLE.scopes(Assurance.IDENTIFIED) == (Scope.OVERVIEW,)


def test_pin_and_provider_open_everything() -> None:
    assert DEFAULT_TABLE.scopes(Assurance.CHIP_PIN) == tuple(Scope)
    assert DEFAULT_TABLE.scopes(Assurance.OPENID) == tuple(Scope)


def test_a_city_opens_less() -> None:
    table = parse_table({"chip": ["payments", "overview"], "identified": []})
    assert table.scopes(Assurance.CHIP) == (Scope.OVERVIEW, Scope.PAYMENTS)
    assert table.scopes(Assurance.IDENTIFIED) == ()
    assert table.scopes(Assurance.OPENID) == tuple(Scope)


def test_an_assurance_that_is_not_named_opens_nothing() -> None:
    assert AssuranceTable({}).scopes(Assurance.CHIP) == ()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"notary": []}, "notary: is no assurance"),
        ({"chip": "overview"}, "chip: is not a list of scopes"),
        ({"chip": ["flying"]}, "chip: names a scope that is none"),
        ({"chip": [7]}, "chip: names a scope that is none"),
        ({"chip-pin": ["overview"]}, "chip-pin: opens less than chip"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(raw: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_table(raw)
