"""QR Platba: the SPAYD string, the IBAN and the Czech account number; no picture."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.receipt.qr_platba import (
    Iban,
    Payment,
    PaymentRefused,
    check_iban,
    czech_account_from_iban,
    encode_message,
    iban_from_czech_account,
    iban_in_groups,
    spayd,
)

IBAN = Iban("CZ6508000000192000145399")
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_all_fields_stand_in_the_string() -> None:
    payment = Payment(
        IBAN, Decimal(450), "1234567890", "12", "0308", date(2026, 3, 5), "Poplatek za psa"
    )
    assert spayd(payment) == (
        "SPD*1.0*ACC:CZ6508000000192000145399*AM:450.00*CC:CZK*DT:20260305"
        "*MSG:POPLATEK ZA PSA*X-VS:1234567890*X-SS:12*X-KS:0308"
    )


def test_empty_fields_are_left_out() -> None:
    assert spayd(Payment(IBAN, Decimal("0.01"))) == (
        "SPD*1.0*ACC:CZ6508000000192000145399*AM:0.01*CC:CZK"
    )


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("Příliš žluťoučký kůň", "PRILIS ZLUTOUCKY KUN"),
        ("a*AM:1.00", "A%2AAM:1.00"),
        ("50 %", "50 %25"),
        ("řádek\n dva", "RADEK DVA"),
        ("„psa\N{EN DASH}kočku“", "%22PSA-KOCKU%22"),
        ("ahoj 🐶", "AHOJ"),
        ("x" * 61, "X" * 60),
        ("x" * 59 + "*", "X" * 59),
    ],
)
def test_message_is_reduced_to_what_every_bank_reads(text: str, encoded: str) -> None:
    assert encode_message(text) == encoded


@given(st.text(max_size=200))
def test_no_message_breaks_out_of_its_field(message: str) -> None:
    text = spayd(Payment(IBAN, Decimal(1), message=message))
    assert set(text) <= QR_ALPHANUMERIC
    fields = text.split("*")
    assert fields[:2] == ["SPD", "1.0"]
    assert [field.split(":")[0] for field in fields[2:]] in (
        ["ACC", "AM", "CC"],
        ["ACC", "AM", "CC", "MSG"],
    )


@pytest.mark.parametrize("amount", ["0", "-1", "10000000", "1.005", "NaN", "Infinity"])
def test_impossible_amount_is_refused(amount: str) -> None:
    with pytest.raises(PaymentRefused, match="AM"):
        Payment(IBAN, Decimal(amount))


@pytest.mark.parametrize("symbol", ["12345678901", "12a", "1*AM:1", "-1", "\u0661"])
def test_impossible_symbol_is_refused(symbol: str) -> None:
    with pytest.raises(PaymentRefused, match="X-VS"):
        Payment(IBAN, Decimal(1), variable_symbol=symbol)


def test_impossible_currency_is_refused() -> None:
    with pytest.raises(PaymentRefused, match="CC"):
        Payment(IBAN, Decimal(1), currency="Kč")


@pytest.mark.parametrize(
    "text",
    ["", "CZ65", "CZ6508000000192000145398", "CZ650800000019200014539", "19-2000145399/0800"],
)
def test_wrong_iban_is_refused(text: str) -> None:
    with pytest.raises(PaymentRefused, match="ACC"):
        check_iban(text)


def test_iban_is_taken_with_spaces_and_from_abroad() -> None:
    assert check_iban("cz65 0800 0000 1920 0014 5399") == IBAN
    assert check_iban("DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"


@pytest.mark.parametrize(
    ("account", "iban"),
    [
        ("19-2000145399/0800", "CZ6508000000192000145399"),
        ("178124-4159/0710", "CZ6907101781240000004159"),
    ],
)
def test_czech_account_becomes_its_iban_and_comes_back(account: str, iban: str) -> None:
    assert iban_from_czech_account(account) == iban
    assert check_iban(iban) == iban
    assert czech_account_from_iban(Iban(iban)) == account


def test_account_without_prefix() -> None:
    iban = iban_from_czech_account("2000145399/0800")
    assert check_iban(iban) == iban
    assert czech_account_from_iban(iban) == "2000145399/0800"


def test_account_from_abroad_has_no_czech_form() -> None:
    assert czech_account_from_iban(Iban("DE89370400440532013000")) is None


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        ("19-2000145398/0800", "number"),
        ("18-2000145399/0800", "prefix"),
        ("00/0800", "number"),
        ("2000145399", "written"),
        ("2000145399/08001", "written"),
    ],
)
def test_wrong_czech_account_is_refused(account: str, reason: str) -> None:
    with pytest.raises(PaymentRefused, match=reason):
        iban_from_czech_account(account)


def test_iban_in_groups_of_four() -> None:
    assert iban_in_groups(IBAN) == "CZ65 0800 0000 1920 0014 5399"
