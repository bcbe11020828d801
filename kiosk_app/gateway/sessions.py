"""Sessions opened by a sign-in: tokens bound to the kiosk's certificate; it checks no card.

A token is 256 random bits. Only its SHA-256 is kept, so that a picture of the memory opens
nothing, and it is good only on a connection of the certificate it was made for (the thumbprint
binding of RFC 8705 section 3). Nothing of it is on the disk: a restart ends all sessions.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from kiosk_app.account.model import Assurance, Scope
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.persons import Person
from kiosk_app.gateway.short_lived import ShortLived

_TOKEN_BYTES = 32


@dataclass(frozen=True)
class Session:
    """Who is served where, how surely they were recognised, and what that opens.

    Attributes:
        pseudonym: the name in the audit of the document or provider's subject that was shown.
    """

    person: Person
    peer: Peer
    pseudonym: str
    assurance: Assurance
    scopes: tuple[Scope, ...]


class Sessions:
    """The open sessions; time is an argument."""

    def __init__(self, lifetime: timedelta, capacity: int) -> None:
        self._open: ShortLived[Session] = ShortLived(lifetime, capacity)

    def __len__(self) -> int:
        return len(self._open)

    def open(self, session: Session, now: datetime) -> tuple[str, datetime]:
        """Open a session; the answer is its token and when it runs out.

        Raises:
            Full: too many sessions are open.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        return token, self._open.put(_digest(token), session, now)

    def find(self, token: str, peer: Peer, now: datetime) -> Session | None:
        """The session of that token, on a connection of the certificate it was made for."""
        session = self._open.get(_digest(token), now)
        if session is None:
            return None
        same = hmac.compare_digest(session.peer.thumbprint, peer.thumbprint)
        return session if same else None

    def close(self, token: str) -> None:
        """End the session; the token is worth nothing from now on."""
        self._open.pop(_digest(token))

    def close_of(self, ends: Callable[[Peer], bool]) -> None:
        """End all sessions of the kiosks for which `ends` is true."""
        self._open.drop(lambda session: ends(session.peer))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
