"""EF.CardSecurity (ICAO Doc 9303 part 11 section 9.2.11): the chip's key for PACE's mapping.

Its signature is checked; whether its signer is trusted is not.
"""

from dataclasses import dataclass
from typing import Final

from kiosk_app.cards.icao import pace_cam
from kiosk_app.cards.icao.access import PaceVariant
from kiosk_app.cards.icao.security_infos import parse_security_infos
from kiosk_app.gateway.evidence.certificate import Certificate
from kiosk_app.gateway.evidence.chip_offers import pace_infos
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.evidence.signed_data import open_signed_data
from kiosk_app.gateway.evidence.trust import CscaStore
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

MAX_SIZE: Final = 16_384
_SECURITY_OBJECT: Final = bytes.fromhex("04007F0007030201")


@dataclass(frozen=True, slots=True)
class MappingKey:
    """A chip's static key and the PACE whose mapping proves it.

    Attributes:
        point: the public point, uncompressed, on the variant's curve.
    """

    variant: PaceVariant
    point: bytes


def read_mapping_key(
    variant: PaceVariant, card_access: bytes, card_security: bytes, trust: CscaStore
) -> tuple[MappingKey, Certificate]:
    """Read the chip's key; the other answer is who signed it.

    Raises:
        EvidenceRefused: with the reason.
    """
    if len(card_security) > MAX_SIZE:
        raise EvidenceRefused(RefusalReason.MALFORMED, "EF.CardSecurity is too long.")
    with refusing("EF.CardSecurity"):
        signed = open_signed_data(
            card_security, _SECURITY_OBJECT, trust.reads, sha1=trust.policy.sha1
        )
        if pace_infos(signed.content) != pace_infos(card_access):
            raise EvidenceRefused(
                RefusalReason.DOWNGRADE, "EF.CardAccess does not offer the PACE that was signed."
            )
        point = pace_cam.static_point(variant.curve, parse_security_infos(signed.content))
        return MappingKey(variant, point), signed.signer
