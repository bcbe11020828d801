"""The city's OpenID provider: a device login begun, asked about, and its ID token believed.

It blocks while it asks; whoever calls it does so in a thread. It keeps the provider's endpoints and
keys for a while and no token at all.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from kiosk_app.gateway.openid.answers import (
    Confirmed,
    Denied,
    DeviceAuthorization,
    Endpoints,
    Expired,
    Pending,
    ProviderProblem,
    Recognised,
    read_device_authorization,
    read_discovery,
    read_token_answer,
)
from kiosk_app.gateway.openid.connection import ProviderConnection
from kiosk_app.gateway.openid.tokens import (
    Expectation,
    UnknownKey,
    client_assertion,
    person_of,
    read_keys,
)

_KEPT: Final = timedelta(hours=1)
_NEW_KEYS_AT_MOST_EACH: Final = timedelta(seconds=30)
_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True)
class Client:
    """Who the gateway is to the provider: either `secret` or `private_key` (PEM)."""

    id: str
    scope: str
    secret: str | None
    private_key: str | None


class Provider:
    """One provider, for many threads."""

    def __init__(
        self,
        connection: ProviderConnection,
        client: Client,
        expected: Expectation,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._client = client
        self._expected = expected
        self._clock = clock
        self._turn = threading.Lock()
        self._endpoints: tuple[datetime, Endpoints] | None = None
        self._keys: tuple[datetime, Mapping[str | None, Any]] | None = None

    def begin(self) -> DeviceAuthorization:
        """Begin a device login.

        Raises:
            ProviderProblem: it cannot be begun.
        """
        endpoints = self._found()
        self._known_keys(endpoints)  # a token is given once: its keys must be there by then
        form = {"scope": self._client.scope}
        status, raw = self._post(endpoints.device_authorization, form, endpoints)
        if status != 200:  # noqa: PLR2004 - RFC 8628 section 3.2
            raise ProviderProblem("the device authorization endpoint refuses this client")
        return read_device_authorization(raw)

    def poll(self, device_code: str) -> Recognised | Pending | Denied | Expired:
        """Ask once whether somebody confirmed.

        Raises:
            ProviderProblem: it cannot be asked, or its ID token not be believed.
        """
        endpoints = self._found()
        form = {"grant_type": _GRANT, "device_code": device_code}
        said = read_token_answer(*self._post(endpoints.token, form, endpoints))
        if isinstance(said, Confirmed):
            return Recognised(self._person(said.id_token, endpoints))
        return said

    def _person(self, token: str, endpoints: Endpoints) -> str:
        asked, keys = self._known_keys(endpoints)
        try:
            return person_of(token, keys, self._expected)
        except UnknownKey:
            if self._clock() - asked < _NEW_KEYS_AT_MOST_EACH:
                raise ProviderProblem("its ID token is signed with an unknown key") from None
        self._keys = None
        try:
            return person_of(token, self._known_keys(endpoints)[1], self._expected)
        except UnknownKey:
            raise ProviderProblem("its ID token is signed with an unknown key") from None

    def _found(self) -> Endpoints:
        with self._turn:
            if self._endpoints is None or self._clock() - self._endpoints[0] > _KEPT:
                issuer = self._expected.issuer
                raw = self._connection.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                self._endpoints = self._clock(), read_discovery(raw, issuer)
            return self._endpoints[1]

    def _known_keys(self, endpoints: Endpoints) -> tuple[datetime, Mapping[str | None, Any]]:
        with self._turn:
            if self._keys is None or self._clock() - self._keys[0] > _KEPT:
                keys = read_keys(self._connection.get(endpoints.keys))
                self._keys = self._clock(), keys
            return self._keys

    def _post(
        self, url: str, form: Mapping[str, str], endpoints: Endpoints
    ) -> tuple[int, Mapping[str, object]]:
        client, form = self._client, {**form, "client_id": self._client.id}
        if client.private_key is not None:
            form["client_assertion_type"] = _ASSERTION
            form["client_assertion"] = client_assertion(
                client.id, endpoints.token, client.private_key, self._clock()
            )
        basic = None if client.secret is None else (client.id, client.secret)
        return self._connection.post(url, form, basic)
