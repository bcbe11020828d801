"""JSON web tokens: the provider's ID tokens verified, the gateway's own assertions made (PyJWT)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import jwt
from jwt import PyJWK, PyJWKSet

from kiosk_app.gateway.openid.answers import ProviderProblem

ASYMMETRIC: Final = frozenset(
    {
        *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        *("ES256", "ES384", "ES512", "EdDSA"),
    }
)
"""Never `none`, and never HS*: a public key would be the secret."""
_REQUIRED: Final = ("iss", "aud", "exp", "iat", "sub")
_LEEWAY: Final = timedelta(seconds=30)
_ASSERTION_LIFE: Final = timedelta(minutes=1)


class UnknownKey(Exception):  # noqa: N818 - a state: the provider may have changed its keys
    """The token is signed with a key that is not among those known."""


@dataclass(frozen=True)
class Expectation:
    """What an ID token must say (OpenID Connect Core 1.0 section 3.1.3.7)."""

    issuer: str
    client_id: str
    algorithms: tuple[str, ...]
    acr: tuple[str, ...]
    person_claim: str


def read_keys(raw: Mapping[str, object]) -> Mapping[str | None, PyJWK]:
    """The signing keys of a key set (RFC 7517), by their ids.

    Raises:
        ProviderProblem: it is none, or has no key that can be used.
    """
    try:
        keys = PyJWKSet.from_dict(dict(raw)).keys
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProviderProblem("its key set cannot be used") from error
    return {key.key_id: key for key in keys if key.public_key_use in {None, "sig"}}


def person_of(token: str, keys: Mapping[str | None, PyJWK], expected: Expectation) -> str:
    """Whom a good ID token names.

    Raises:
        UnknownKey: its key is not known (any more, or yet).
        ProviderProblem: it is not to be believed; one sentence without its content.
    """
    key = _key(token, keys, expected)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(expected.algorithms),
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=_LEEWAY,
            options={"require": list(_REQUIRED)},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise ProviderProblem(f"its ID token is refused: {type(error).__name__}") from error
    return _person(claims, expected)


def _key(token: str, keys: Mapping[str | None, PyJWK], expected: Expectation) -> PyJWK:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise ProviderProblem("its ID token is none") from error
    algorithm = header.get("alg")
    if algorithm not in expected.algorithms:
        raise ProviderProblem("its ID token is signed in a way that is not allowed")
    key = keys.get(header.get("kid"))
    if key is None:
        raise UnknownKey
    if key.algorithm_name != algorithm:
        raise ProviderProblem("its ID token does not fit its key")
    return key


def _person(claims: Mapping[str, Any], expected: Expectation) -> str:
    authorized = claims.get("azp", expected.client_id)
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if authorized != expected.client_id or (several and "azp" not in claims):
        raise ProviderProblem("its ID token is meant for somebody else")
    if expected.acr and claims.get("acr") not in expected.acr:
        raise ProviderProblem("its ID token states no sufficient authentication (acr)")
    person = claims.get(expected.person_claim)
    if not isinstance(person, str) or not 0 < len(person) <= 255:  # noqa: PLR2004 - OpenID Core 2
        raise ProviderProblem(f"its ID token has no {expected.person_claim}")
    return person


def client_assertion(client_id: str, endpoint: str, private_key: str, now: datetime) -> str:
    """The gateway's proof of who it is to a provider (`private_key_jwt`, RFC 7523 section 3).

    Raises:
        ProviderProblem: the key cannot sign.
    """
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": endpoint,
        "jti": secrets.token_urlsafe(16),
        "iat": now,
        "exp": now + _ASSERTION_LIFE,
    }
    for algorithm in ("ES256", "PS256", "EdDSA"):
        try:
            return jwt.encode(claims, private_key, algorithm=algorithm)
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
    raise ProviderProblem("the gateway's private key cannot sign")
