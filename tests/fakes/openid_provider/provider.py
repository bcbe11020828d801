"""The sample provider's logins and what becomes of them; it speaks no HTTP."""

import secrets
import time
from dataclasses import dataclass, field
from threading import Event, Lock

from tests.fakes.openid_provider.faults import Fault
from tests.fakes.openid_provider.people import PEOPLE
from tests.fakes.openid_provider.tokens import SigningKey

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
ACR = "https://id.example/loa/substantial"


@dataclass
class Login:
    """One device login: `person` confirmed, or it was denied, or neither yet."""

    user_code: str
    device_code: str
    expires_at: float
    person: str | None = None
    denied: bool = False
    used: bool = False


@dataclass
class Provider:
    """All logins of one provider; `asked` counts questions for tokens, `speaks` ends a silence."""

    client_id: str = "account-gateway"
    client_secret: str = "sample-secret-of-the-gateway"  # noqa: S105 - of the tests and the demo
    issuer: str = ""
    interval: int = 1
    lifetime: int = 300
    faults: set[Fault] = field(default_factory=set)
    asked: int = 0
    speaks: Event = field(default_factory=Event)
    key: SigningKey = field(default_factory=SigningKey)
    others_key: SigningKey = field(default_factory=SigningKey)
    _logins: dict[str, Login] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> dict[str, object]:
        """The answer of the device authorization endpoint (RFC 8628 section 3.2)."""
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        code = f"{letters[:4]}-{letters[4:]}"
        login = Login(code, secrets.token_urlsafe(32), time.monotonic() + self.lifetime)
        with self._lock:
            self._logins[login.device_code] = login
        return {
            "device_code": login.device_code,
            "user_code": code,
            "verification_uri": f"{self.issuer}/device",
            "verification_uri_complete": f"{self.issuer}/device?user_code={code}",
            "expires_in": self.lifetime,
            "interval": self.interval,
        }

    def login_of(self, user_code: str) -> Login | None:
        """The login of a code that still waits."""
        with self._lock:
            for login in self._logins.values():
                waits = login.person is None and not login.denied
                if login.user_code == user_code and waits and login.expires_at > time.monotonic():
                    return login
        return None

    def confirm(self, user_code: str, person: str) -> None:
        """That sample person confirms."""
        login = self.login_of(user_code)
        assert login is not None
        login.person = person

    def deny(self, user_code: str) -> None:
        """The person refuses."""
        login = self.login_of(user_code)
        assert login is not None
        login.denied = True

    def expire_all(self) -> None:
        """Let the time of all logins be over."""
        with self._lock:
            for login in self._logins.values():
                login.expires_at = 0

    def token(self, device_code: str) -> tuple[int, dict[str, object]]:
        """Status and answer of the token endpoint (RFC 8628 section 3.5)."""
        self.asked += 1
        with self._lock:
            login = self._logins.get(device_code)
            if login is None or login.used:
                return 400, {"error": "invalid_grant"}
            if Fault.SLOW_DOWN in self.faults:
                return 400, {"error": "slow_down"}
            if login.denied:
                return 400, {"error": "access_denied"}
            if login.expires_at <= time.monotonic():
                return 400, {"error": "expired_token"}
            if login.person is None:
                return 400, {"error": "authorization_pending"}
            login.used = True
        token: dict[str, object] = {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
        }
        return 200, token | {"id_token": self._id_token(login.person)}

    def _id_token(self, person: str) -> str:
        claims = self._claims(person)
        if Fault.UNSIGNED in self.faults:
            return self.key.unsigned(claims)
        if Fault.SIGNED_WITH_THE_PUBLIC_KEY in self.faults:
            return self.key.sign_with_public_key(claims)
        if Fault.WRONG_SIGNATURE in self.faults:
            return SigningKey(self.others_key.private, self.key.key_id).sign(claims)
        return self.key.sign(claims)

    def _claims(self, person: str) -> dict[str, object]:
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": self.issuer,
            "sub": PEOPLE[person].subject,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "acr": ACR,
        }
        changes: dict[Fault, dict[str, object]] = {
            Fault.WRONG_AUDIENCE: {"aud": "library-app"},
            Fault.TWO_AUDIENCES: {"aud": [self.client_id, "library-app"]},
            Fault.WRONG_ISSUER: {"iss": "https://other.example"},
            Fault.OLD_TOKEN: {"iat": now - 7200, "exp": now - 3600},
            Fault.NO_SUBJECT: {"sub": ""},
            Fault.WEAK_ACR: {"acr": "password"},
        }
        for fault, change in changes.items():
            if fault in self.faults:
                claims |= change
        return claims
