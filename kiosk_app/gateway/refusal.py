"""Why a card is not believed, as a closed list; decides nothing."""

from enum import StrEnum


class RefusalReason(StrEnum):
    """The reasons; each is one answer to the kiosk."""

    MALFORMED = "malformed"
    UNKNOWN_ISSUER = "unknown-issuer"
    BAD_SIGNATURE = "bad-signature"
    CERTIFICATE_NOT_VALID = "certificate-not-valid"
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation-unknown"
    WRONG_COUNTRY = "wrong-country"
    CHANGED = "changed"
    DOWNGRADE = "downgrade"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    UNSUPPORTED = "unsupported"
    CHIP_NOT_GENUINE = "chip-not-genuine"


class EvidenceRefused(Exception):  # noqa: N818 - the gateway's answer, not a mistake of its own
    """A card is not believed.

    Attributes:
        reason: what the kiosk is told.
        detail: one sentence without any data of the card.
    """

    def __init__(self, reason: RefusalReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
