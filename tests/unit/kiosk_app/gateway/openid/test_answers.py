"""What an OpenID provider says is read strictly."""

import pytest

from kiosk_app.gateway.openid.answers import (
    Confirmed,
    Denied,
    Expired,
    Pending,
    ProviderProblem,
    read_device_authorization,
    read_discovery,
    read_token_answer,
)

ISSUER = "https://id.example"
DISCOVERY: dict[str, object] = {
    "issuer": ISSUER,
    "device_authorization_endpoint": "https://id.example/device_authorization",
    "token_endpoint": "https://id.example/token",
    "jwks_uri": "https://id.example/keys",
}
BEGUN: dict[str, object] = {
    "device_code": "d",
    "user_code": "WDJB-MJHT",
    "verification_uri": "https://id.example/device",
    "expires_in": 300,
}


def test_endpoints_are_found() -> None:
    assert read_discovery(DISCOVERY, ISSUER).keys == "https://id.example/keys"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("issuer", "https://other.example"),
        ("token_endpoint", "http://id.example/token"),
        ("jwks_uri", None),
        ("device_authorization_endpoint", 7),
        ("token_endpoint", "https://id.example/\n"),
        ("token_endpoint", "https://" + "x" * 500),
    ],
)
def test_discovery_that_is_not_believed(member: str, value: object) -> None:
    with pytest.raises(ProviderProblem):
        read_discovery(DISCOVERY | {member: value}, ISSUER)


def test_what_the_provider_leaves_out_has_a_default() -> None:
    begun = read_device_authorization(BEGUN)
    assert begun.interval == 5
    assert begun.verification_uri_complete == begun.verification_uri
    more = {"interval": 7, "verification_uri_complete": "https://id.example/device?c"}
    assert read_device_authorization(BEGUN | more).interval == 7


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("device_code", ""),
        ("user_code", "é"),
        ("verification_uri", "javascript:x"),
        ("expires_in", 0),
        ("expires_in", True),
        ("expires_in", "300"),
        ("interval", 3601),
        ("verification_uri_complete", None),
    ],
)
def test_begun_login_that_is_odd(member: str, value: object) -> None:
    with pytest.raises(ProviderProblem):
        read_device_authorization(BEGUN | {member: value})


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("authorization_pending", Pending(slower=False)),
        ("slow_down", Pending(slower=True)),
        ("access_denied", Denied()),
        ("expired_token", Expired()),
        ("invalid_grant", Expired()),
    ],
)
def test_what_the_token_endpoint_says(error: str, said: object) -> None:
    assert read_token_answer(400, {"error": error}) == said


def test_confirmed() -> None:
    assert read_token_answer(200, {"id_token": "a.b.c"}) == Confirmed("a.b.c")


@pytest.mark.parametrize(
    ("status", "raw"),
    [(200, {}), (400, {}), (400, {"error": "invalid_client"}), (401, {"error": 7})],
)
def test_token_endpoint_that_refuses(status: int, raw: dict[str, object]) -> None:
    with pytest.raises(ProviderProblem):
        read_token_answer(status, raw)
