"""Chip authentication (ICAO Doc 9303 part 11 section 6.2) by the gateway; checks no signature.

The gateway's ephemeral key goes to the chip, which must then speak under keys that only the holder
of the chip's static key can derive. The kiosk between them only carries bytes.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_GENERAL_AUTHENTICATE,
    INS_MANAGE_SECURITY_ENVIRONMENT,
    Command,
)
from kiosk_app.cards.icao import curves
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import derive_session_keys
from kiosk_app.gateway.evidence.chip_offers import ChipKey
from kiosk_app.gateway.evidence.passive import VerifiedDocument
from kiosk_app.gateway.evidence.protected_read import ProtectedRead, not_genuine, read_dg1
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_SET_AT, _SET_KAT = (0x41, 0xA4), (0x41, 0xA6)
_DO_OID, _DO_KEY_ID, _DO_EPHEMERAL = 0x80, 0x84, 0x91
_DYNAMIC, _EPHEMERAL_KEY = 0x7C, 0x80


@dataclass(frozen=True, slots=True)
class ChipChallenge:
    """What the kiosk relays to the chip, and what the gateway keeps to judge the answers.

    Attributes:
        plain: command APDUs that the kiosk protects with its own session.
    """

    plain: tuple[bytes, ...]
    _read: ProtectedRead = field(repr=False)

    @property
    def protected(self) -> tuple[bytes, ...]:
        """Command APDUs under the new keys, carried as they are."""
        return self._read.commands

    def check(self, responses: Sequence[bytes]) -> None:
        """Judge the chip's answers; they prove it when the last one carries the signed DG1.

        Args:
            responses: one answer for each command, plain ones first, each with its status word.

        Raises:
            EvidenceRefused: CHIP_NOT_GENUINE.
        """
        if len(responses) < len(self.plain):
            raise not_genuine("The chip did not answer every command.")
        self._read.check(responses[len(self.plain) :])


def begin(document: VerifiedDocument) -> ChipChallenge:
    """Make a fresh challenge for a document's chip, with the strongest of its keys.

    Raises:
        EvidenceRefused: UNSUPPORTED when the chip has no key that the gateway can use.
    """
    if not document.chip_keys:
        raise EvidenceRefused(
            RefusalReason.UNSUPPORTED, "The chip offers no chip authentication known here."
        )
    key = max(document.chip_keys, key=_strength)
    private = curves.private_key(key.curve, secrets.token_bytes(curves.chance_size(key.curve)))
    try:
        secret = curves.shared_x(key.curve, private, key.point)
    except curves.CurveError as error:
        raise EvidenceRefused(RefusalReason.MALFORMED, f"The chip's key: {error}") from error
    channel = SecureChannel(derive_session_keys(secret, key.cipher))
    plain = _plain(key, curves.public_point(key.curve, private))
    return ChipChallenge(plain, read_dg1(channel, document.dg1))


def _strength(key: ChipKey) -> tuple[int, int]:
    return key.cipher.strength, key.curve.order.bit_length()


def _plain(key: ChipKey, public: bytes) -> tuple[bytes, ...]:
    """AES: MSE:Set AT and GENERAL AUTHENTICATE; 3DES: MSE:Set KAT (sections 6.2.4.2, 6.2.4.1)."""
    reference = b""
    if key.key_id is not None:
        width = max(1, (key.key_id.bit_length() + 7) // 8)
        reference = tlv.encode(_DO_KEY_ID, key.key_id.to_bytes(width, "big"))
    if key.cipher is Cipher.TRIPLE_DES:
        return (_manage(_SET_KAT, tlv.encode(_DO_EPHEMERAL, public) + reference),)
    ephemeral = tlv.encode(_DYNAMIC, tlv.encode(_EPHEMERAL_KEY, public))
    agree = Command(CLA_PLAIN, INS_GENERAL_AUTHENTICATE, 0, 0, ephemeral, 256)
    return _manage(_SET_AT, tlv.encode(_DO_OID, key.oid) + reference), agree.encode()


def _manage(place: tuple[int, int], data: bytes) -> bytes:
    return Command(CLA_PLAIN, INS_MANAGE_SECURITY_ENVIRONMENT, *place, data).encode()
