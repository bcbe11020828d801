"""Which country's certificates vouch for which issuing state."""

import pytest

from kiosk_app.gateway.evidence import countries
from kiosk_app.gateway.evidence.countries import is_of


def test_the_table_is_whole() -> None:
    table = countries._table()
    assert len(table) == 249 + 11
    assert all(two.isalpha() and len(two) == 2 for two in table.values())


@pytest.mark.parametrize(
    ("state", "country"),
    [
        *[("CZE", "CZ"), ("SVK", "SK"), ("D", "DE"), ("DEU", "DE"), ("AUT", "AT"), ("POL", "PL")],
        *[("GBD", "GB"), ("UNO", "UN"), ("RKS", "KS"), ("EUE", "EU"), ("CZE", "CZE")],
    ],
)
def test_a_states_own_certificates(state: str, country: str) -> None:
    assert is_of(state, country)


@pytest.mark.parametrize(
    ("state", "country"),
    [("CZE", "SK"), ("D", "D"), ("DEU", "AT"), ("CZ", "CZ"), ("", ""), ("UTO", "UT"), ("CZE", "")],
)
def test_those_of_another(state: str, country: str) -> None:
    assert is_of(state, country) is (state == "D" and country == "D")
