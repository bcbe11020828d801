"""Why an account cannot be shown, as causes a person can see or fix; it knows no transport."""

from enum import StrEnum


class AccountCause(StrEnum):
    """One cause, one screen."""

    UNREACHABLE = "unreachable"
    CARD_NOT_ACCEPTED = "card-not-accepted"
    CHIP_NOT_GENUINE = "chip-not-genuine"
    CARD_EXPIRED = "card-expired"
    CARD_REVOKED = "card-revoked"
    CARD_UNKNOWN = "card-unknown"
    PERSON_UNKNOWN = "person-unknown"
    TOO_MANY_ATTEMPTS = "too-many-attempts"
    SESSION_ENDED = "session-ended"
    BROKEN_ANSWER = "broken-answer"
    PIN_WRONG = "pin-wrong"
    PIN_LOCKED = "pin-locked"
    NOT_ENTITLED = "not-entitled"
    DEVICE_LOGIN_DENIED = "device-login-denied"
    DEVICE_LOGIN_EXPIRED = "device-login-expired"
    TIME_TAKEN = "time-taken"
    ADDRESS_REFUSED = "address-refused"
    CODE_WRONG = "code-wrong"
    CODE_EXPIRED = "code-expired"


class AccountProblem(Exception):  # noqa: N818 - a problem of the citizen's, RFC 9457's word
    """The account cannot be shown; `cause` chooses the screen, the sentence is for the log.

    Attributes:
        cause: what the person is told.
        tries_left: how often a wrong PIN may still be typed; None where nobody counts.
        retry_after: seconds until the next try is heard; None where it is at once.
    """

    def __init__(
        self,
        cause: AccountCause,
        sentence: str,
        *,
        tries_left: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Keep the cause beside the sentence, which never carries account data."""
        super().__init__(sentence)
        self.cause = cause
        self.tries_left = tries_left
        self.retry_after = retry_after
