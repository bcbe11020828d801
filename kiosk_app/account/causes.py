"""Why an account cannot be shown, as causes a person can see or fix; it knows no transport."""

from enum import StrEnum


class AccountCause(StrEnum):
    """One cause, one screen."""

    UNREACHABLE = "unreachable"
    CARD_NOT_ACCEPTED = "card-not-accepted"
    CHIP_NOT_GENUINE = "chip-not-genuine"
    CARD_EXPIRED = "card-expired"
    CARD_UNKNOWN = "card-unknown"
    TOO_MANY_ATTEMPTS = "too-many-attempts"
    SESSION_ENDED = "session-ended"
    BROKEN_ANSWER = "broken-answer"


class AccountProblem(Exception):  # noqa: N818 - a problem of the citizen's, RFC 9457's word
    """The account cannot be shown; `cause` chooses the screen, the sentence is for the log."""

    def __init__(self, cause: AccountCause, sentence: str) -> None:
        """Keep the cause beside the sentence, which never carries account data."""
        super().__init__(sentence)
        self.cause = cause
