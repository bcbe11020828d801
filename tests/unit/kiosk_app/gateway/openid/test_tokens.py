"""The gateway's assertions, checked without the library that made them; strange key sets."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kiosk_app.gateway.openid.answers import ProviderProblem
from kiosk_app.gateway.openid.tokens import client_assertion, read_keys

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOKEN_ENDPOINT = "https://id.example/token"  # noqa: S105 - an address


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_assertion_is_signed_and_says_who_to_whom_and_until_when() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    head, claims, signature = client_assertion("gateway", TOKEN_ENDPOINT, pem, NOW).split(".")
    raw = _bytes(signature)
    both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.public_key().verify(both, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said = json.loads(_bytes(claims))
    assert (said["iss"], said["sub"], said["aud"]) == ("gateway", "gateway", TOKEN_ENDPOINT)
    assert said["exp"] - said["iat"] == 60
    assert len(said["jti"]) > 20


@pytest.mark.parametrize("pem", ["", "secret", "-----BEGIN PRIVATE KEY-----\nAA==\n"])
def test_key_that_is_none_signs_nothing(pem: str) -> None:
    with pytest.raises(ProviderProblem, match="cannot sign"):
        client_assertion("gateway", TOKEN_ENDPOINT, pem, NOW)


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"keys": []},
        {"keys": 7},
        {"keys": [7]},
        {"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]},
    ],
)
def test_key_set_that_is_none(raw: dict[str, object]) -> None:
    with pytest.raises(ProviderProblem, match="key set cannot be used"):
        read_keys(raw)
