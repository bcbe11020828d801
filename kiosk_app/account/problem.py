"""The problems the gateway answers with (RFC 9457), one stable type each; it knows no framework."""

from enum import Enum

from kiosk_app.account.causes import AccountCause, AccountProblem

MEDIA_TYPE = "application/problem+json"
_PREFIX = "urn:otevrene-mesto:problem:"


class ProblemType(Enum):
    """One problem: its name, HTTP status, title, and the cause it is to the citizen."""

    MALFORMED = ("malformed", 400, "The request is not understood.", AccountCause.BROKEN_ANSWER)
    TOO_LARGE = ("too-large", 413, "The request is too large.", AccountCause.CARD_NOT_ACCEPTED)
    TOO_SLOW = ("too-slow", 408, "The request did not arrive in time.", AccountCause.UNREACHABLE)
    NOT_ADMITTED = (
        "not-admitted",
        403,
        "This certificate is not a kiosk's.",
        AccountCause.UNREACHABLE,
    )
    CARD_NOT_ACCEPTED = (
        "card-not-accepted",
        403,
        "What the card says is not signed by a trusted authority.",
        AccountCause.CARD_NOT_ACCEPTED,
    )
    CHIP_NOT_GENUINE = (
        "chip-not-genuine",
        403,
        "The chip did not prove that it is the original.",
        AccountCause.CHIP_NOT_GENUINE,
    )
    CARD_EXPIRED = ("card-expired", 403, "The card has expired.", AccountCause.CARD_EXPIRED)
    CARD_REVOKED = (
        "card-revoked",
        403,
        "The card's issuer has declared it invalid.",
        AccountCause.CARD_REVOKED,
    )
    CARD_UNKNOWN = (
        "card-unknown",
        403,
        "No account belongs to this card.",
        AccountCause.CARD_UNKNOWN,
    )
    PERSON_UNKNOWN = (
        "person-unknown",
        403,
        "No account belongs to who signed in by telephone.",
        AccountCause.PERSON_UNKNOWN,
    )
    NOT_ENTITLED = (
        "not-entitled",
        403,
        "No mandate opens this account today.",
        AccountCause.NOT_ENTITLED,
    )
    TOO_MANY_ATTEMPTS = (
        "too-many-attempts",
        429,
        "There were too many attempts; wait a minute.",
        AccountCause.TOO_MANY_ATTEMPTS,
    )
    PIN_WRONG = ("pin-wrong", 403, "This is not the PIN.", AccountCause.PIN_WRONG)
    PIN_LOCKED = (
        "pin-locked",
        403,
        "There were too many wrong PINs; the counter unlocks it.",
        AccountCause.PIN_LOCKED,
    )
    DEVICE_LOGIN_DENIED = (
        "device-login-denied",
        403,
        "The sign-in was refused on the telephone.",
        AccountCause.DEVICE_LOGIN_DENIED,
    )
    DEVICE_LOGIN_EXPIRED = (
        "device-login-expired",
        410,
        "Nobody confirmed the sign-in in time.",
        AccountCause.DEVICE_LOGIN_EXPIRED,
    )
    KEY_REUSED = (
        "key-reused",
        422,
        "This key came with another request before.",
        AccountCause.BROKEN_ANSWER,
    )
    NOT_OFFERED = (
        "not-offered",
        422,
        "There is no such department, service, time, topic, category or place.",
        AccountCause.BROKEN_ANSWER,
    )
    PHOTO_REFUSED = (
        "photo-refused",
        422,
        "The photo is no JPEG or PNG that is taken.",
        AccountCause.BROKEN_ANSWER,
    )
    TIME_TAKEN = ("time-taken", 409, "This time is not free any more.", AccountCause.TIME_TAKEN)
    ADDRESS_REFUSED = (
        "address-refused",
        422,
        "No message can be sent to this address.",
        AccountCause.ADDRESS_REFUSED,
    )
    CODE_WRONG = ("code-wrong", 403, "This is not the code.", AccountCause.CODE_WRONG)
    CODE_EXPIRED = (
        "code-expired",
        410,
        "No code waits, or it had its tries.",
        AccountCause.CODE_EXPIRED,
    )
    LOGIN_UNKNOWN = (
        "login-unknown",
        404,
        "There is no such login, or it was answered or has run out.",
        AccountCause.SESSION_ENDED,
    )
    SESSION_ENDED = (
        "session-ended",
        401,
        "The session has ended; log in again.",
        AccountCause.SESSION_ENDED,
    )
    UNAVAILABLE = (
        "unavailable",
        503,
        "The city hall cannot answer at this moment.",
        AccountCause.UNREACHABLE,
    )
    NOT_FOUND = ("not-found", 404, "There is nothing here.", AccountCause.BROKEN_ANSWER)
    NOT_ALLOWED = ("not-allowed", 405, "This cannot be done here.", AccountCause.BROKEN_ANSWER)

    def __init__(self, name: str, status: int, title: str, cause: AccountCause) -> None:
        """Spread the row over named attributes."""
        self.short_name = name
        self.uri = _PREFIX + name
        self.status = status
        self.title = title
        self.cause = cause


_BY_URI = {problem.uri: problem for problem in ProblemType}
_FIRST_SERVER_ERROR = 500


_MOST_TRIES = 1000
_MOST_SECONDS = 86_400.0


def cause_of(uri: object, status: int) -> AccountCause:
    """What a problem is to the citizen: by its type, or by its status where that is unknown."""
    problem = _BY_URI.get(uri) if isinstance(uri, str) else None
    if problem is not None:
        return problem.cause
    if status >= _FIRST_SERVER_ERROR:
        return AccountCause.UNREACHABLE
    return AccountCause.BROKEN_ANSWER


def problem_from(raw: object, status: int) -> AccountProblem:
    """The problem that a refusing answer says; `raw` is its JSON, or None where it has none.

    Members that are no sensible numbers are passed over.
    """
    members = raw if isinstance(raw, dict) else {}
    cause = cause_of(members.get("type"), status)
    return AccountProblem(
        cause,
        f"The gateway refused with status {status}: {cause}.",
        tries_left=_tries(members.get("tries_left")),
        retry_after=_seconds(members.get("retry_after")),
    )


def _tries(raw: object) -> int | None:
    return raw if type(raw) is int and 0 <= raw <= _MOST_TRIES else None


def _seconds(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return float(raw) if 0 <= raw <= _MOST_SECONDS else None
