"""Whether a card is believed: its state's signature, its chip's proof; knows no account.

`passive` checks what a state signed, against the `trust` of pinned certificates; then the chip
proves itself by `chip_authentication`, `chip_mapping` or `active_authentication`, in that order.
"""

from kiosk_app.gateway.evidence.passive import VerifiedDocument, check_document
from kiosk_app.gateway.evidence.trust import CscaStore
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

__all__ = ["CscaStore", "EvidenceRefused", "RefusalReason", "VerifiedDocument", "check_document"]
