"""Addresses are taken in one form, and tricks with them are not."""

import pytest

from kiosk_app.account.model import Channel
from kiosk_app.gateway.submissions.addresses import AddressRefused, canonical, masked

COUNTRIES = ("+420", "+421", "+49")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jana.vzorova@example.cz", "jana.vzorova@example.cz"),
        ("Jana+infobox@EXAMPLE.Cz", "Jana+infobox@example.cz"),
        ("o'brien@a-b.example", "o'brien@a-b.example"),
        ("x@xn--hek-2na.example", "x@xn--hek-2na.example"),
        ("x@example.xn--j6w193g", "x@example.xn--j6w193g"),
        ("a" * 64 + "@example.cz", "a" * 64 + "@example.cz"),
    ],
)
def test_email_in_one_form(typed: str, kept: str) -> None:
    assert canonical(Channel.EMAIL, typed, COUNTRIES) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "jana",
        "@example.cz",
        "jana@",
        "jana@example",
        "jana@.cz",
        "jana@example..cz",
        "jana@-example.cz",
        "jana@example-.cz",
        "jana@example.c",
        "jana@example.123",
        "jana@127.0.0.1",
        "jana@[127.0.0.1]",
        "ja na@example.cz",
        '"jana"@example.cz',
        ".jana@example.cz",
        "jana.@example.cz",
        "ja..na@example.cz",
        "jana@example.cz,karel@example.cz",
        "jana@example.cz;karel@example.cz",
        "a@b@example.cz",
        "a" * 65 + "@example.cz",
        "a@" + "b" * 64 + ".cz",
        "a@" + ".".join(["b" * 60] * 5) + ".cz",
        "jana@example.cz\nBcc: everybody@example.cz",
        "jana@example.cz\r\nRCPT TO:<x@example.cz>",
        "jana@example.cz>",
        "<jana@example.cz",
        "jana@exam\u0440le.cz",  # a Cyrillic letter
        "jana@example.cz\u200b",
        "j\u00e1na@example.cz",
        "jana@ex\u00e1mple.cz",
        "jana\uff20example.cz",
    ],
)
def test_email_trick_is_refused(typed: str) -> None:
    with pytest.raises(AddressRefused):
        canonical(Channel.EMAIL, typed, COUNTRIES)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("601 234 567", "+420601234567"),
        ("+420 777-123-456", "+420777123456"),
        ("00420777123456", "+420777123456"),
        ("+421 905 123 456", "+421905123456"),
        ("(+49) 151/2345.6789", "+4915123456789"),
    ],
)
def test_telephone_in_one_form(typed: str, kept: str) -> None:
    assert canonical(Channel.SMS, typed, COUNTRIES) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "+420",
        "+42060123456",
        "+4206012345678",
        "+420485123456",  # a land line
        "906123456",  # a number that costs its caller
        "+1 900 555 0100",
        "+44 7700 900123",
        "+0420601234567",
        "+420601234567,+420601234568",
        "+420601234567\n",
        "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
        "\uff0b420601234567",
        "112",
    ],
)
def test_telephone_trick_is_refused(typed: str) -> None:
    with pytest.raises(AddressRefused):
        canonical(Channel.SMS, typed, COUNTRIES)


def test_refusal_does_not_repeat_the_address() -> None:
    with pytest.raises(AddressRefused) as refused:
        canonical(Channel.EMAIL, "secret-name", COUNTRIES)
    assert "secret" not in str(refused.value)


def test_masked_address_tells_a_bystander_little() -> None:
    assert masked(Channel.EMAIL, "jana.vzorova@example.cz") == "j•••@e•••.cz"
    assert masked(Channel.SMS, "+420601234567") == "+420 ••• ••• 567"
