"""What kiosk and gateway say to log in is read strictly and never shows its secrets."""

import json
from datetime import UTC, datetime

import pytest

from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.device_login import (
    DeviceLogin,
    decode_alive,
    decode_device_login,
    decode_waiting,
    encode_alive,
    encode_device_login,
    encode_waiting,
)
from kiosk_app.account.login import (
    AccountToken,
    decode_pin,
    decode_token,
    encode_pin,
    encode_token,
)
from kiosk_app.account.model import Assurance, Scope

TOKEN = AccountToken(
    "Q7x-secret", datetime(2026, 5, 17, tzinfo=UTC), Assurance.CHIP, (Scope.CASES,)
)
DEVICE_LOGIN = DeviceLogin(
    "login-1",
    "WDJB-MJHT",
    "https://id.example/device",
    "https://id.example/device?user_code=WDJB-MJHT",
    datetime(2026, 5, 17, tzinfo=UTC),
    5,
)


def test_a_token_shows_its_end_and_not_its_secret() -> None:
    assert "Q7x-secret" not in f"{TOKEN!r} {TOKEN}"
    assert "chip" in repr(TOKEN)


def test_a_token_is_read_as_it_was_written() -> None:
    assert decode_token(encode_token(TOKEN)) == TOKEN


def test_scopes_of_a_newer_gateway_are_passed_over() -> None:
    raw = json.loads(encode_token(TOKEN)) | {"scopes": ["flying", "cases", 7]}
    assert decode_token(json.dumps(raw).encode()).scopes == (Scope.CASES,)


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("assurance", "notary", "assurance: is not known here"),
        ("scopes", "cases", "scopes: is not a list"),
        ("scopes", ["cases"] * 51, "scopes: is not a list of at most 50"),
        ("expires_at", "2026-05-17T00:00:00", "expires_at: has no time zone"),
        ("expires_at", "soon", "expires_at: is no datetime"),
        ("token", "with space", "token: holds other than plain characters"),
    ],
)
def test_a_broken_token_is_refused(member: str, value: object, sentence: str) -> None:
    raw = json.loads(encode_token(TOKEN)) | {member: value}
    with pytest.raises(AccountFormatError, match=sentence):
        decode_token(json.dumps(raw).encode())


def test_a_pin_is_read_as_it_was_typed() -> None:
    assert decode_pin(encode_pin("0042")) == "0042"


@pytest.mark.parametrize(
    "body",
    [{}, {"pin": 2580}, {"pin": ""}, {"pin": "1" * 13}, {"pin": "25 80"}, {"pin": "٢٥٨٠"}],
)
def test_a_pin_that_is_no_digits_is_refused_without_echo(body: dict[str, object]) -> None:
    with pytest.raises(AccountFormatError) as refused:
        decode_pin(json.dumps(body).encode())
    assert "25" not in str(refused.value)


@pytest.mark.parametrize("phone", [True, False])
def test_a_gateway_says_whether_it_serves_the_telephone(phone: bool) -> None:  # noqa: FBT001 - a case
    assert decode_alive(encode_alive(phone)) is phone


@pytest.mark.parametrize("body", [b"{}", b'{"phone": "yes"}', b'{"phone": 1}', b""])
def test_a_gateway_that_does_not_say_it_is_refused(body: bytes) -> None:
    with pytest.raises(AccountFormatError):
        decode_alive(body)


def test_a_device_login_is_read_as_it_was_written() -> None:
    assert decode_device_login(encode_device_login(DEVICE_LOGIN)) == DEVICE_LOGIN
    assert decode_waiting(encode_waiting(10)) == 10
    assert "WDJB" not in repr(DEVICE_LOGIN)


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("verification_uri", "http://id.example", "verification_uri: is not an https address"),
        ("verification_uri", "javascript:alert(1)", "is not an https address"),
        ("verification_uri_complete", 7, "verification_uri_complete: is not an address"),
        ("verification_uri", "https://" + "a" * 500, "verification_uri: is not an address"),
        ("verification_uri", "https://a\n", "verification_uri: is not an https address"),
        ("expires_at", "2026-05-17T00:00:00", "expires_at: has no time zone"),
        ("expires_at", "soon", "expires_at: is no datetime"),
        ("interval", 601, "interval: is not a number from 0 to 600"),
        ("user_code", "", "user_code: is not a short text"),
    ],
)
def test_a_broken_device_login_is_refused(member: str, value: object, sentence: str) -> None:
    raw = json.loads(encode_device_login(DEVICE_LOGIN)) | {member: value}
    with pytest.raises(AccountFormatError, match=sentence):
        decode_device_login(json.dumps(raw).encode())
