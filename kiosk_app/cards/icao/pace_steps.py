"""The terminal's steps of PACE (ICAO Doc 9303 part 11 section 4.4) after the nonce; sends nothing.

Each step is a frozen state that takes the chip's answer and gives the next state and command, so
that whoever holds the state can be far from the chip.
"""

import hmac
from dataclasses import dataclass, field

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_CHAINING,
    CLA_PLAIN,
    INS_GENERAL_AUTHENTICATE,
    SW,
    Command,
    Response,
)
from kiosk_app.cards.icao import curves, pace_gm, pace_im
from kiosk_app.cards.icao.access import PaceVariant
from kiosk_app.cards.icao.ciphers import code_of
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import Cipher, Mapping
from kiosk_app.cards.icao.session_keys import derive_session_keys

COUNTED, COUNTED_MASK = 0x63C0, 0xFFF0
_DYNAMIC = 0x7C
_MAP_ANSWER = 0x82
_KEY, _KEY_ANSWER = 0x83, 0x84
_TOKEN, _TOKEN_ANSWER = 0x85, 0x86
_CHIP_DATA = 0x8A
_PUBLIC_KEY, _OID, _POINT = 0x7F49, 0x06, 0x86


class PaceError(ValueError):
    """The chip does not follow PACE."""


class WrongPasswordError(PaceError):
    """The chip and the terminal do not share the password.

    Attributes:
        tries_left: what the chip says of it, if it counts.
    """

    def __init__(self, sentence: str, tries_left: int | None = None) -> None:
        super().__init__(sentence)
        self.tries_left = tries_left


@dataclass(frozen=True, slots=True)
class PaceSecrets:
    """What the terminal draws by chance for one run; never used twice.

    Attributes:
        mapping: the mapping key of the generic mapping.
        nonce: the terminal's nonce of the integrated mapping, as long as a key.
        agreement: the key on the mapped generator.
    """

    mapping: int = field(repr=False)
    nonce: bytes = field(repr=False)
    agreement: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Established:
    """PACE is done.

    Attributes:
        channel: the secure channel, fresh.
        mapping_point: the public key the chip mapped with; empty with integrated mapping.
        chip_data: the encrypted chip authentication data; only with that mapping.
    """

    channel: SecureChannel
    mapping_point: bytes
    chip_data: bytes | None


@dataclass(frozen=True, slots=True)
class Mapped:
    """The mapping data are sent; the chip's are awaited."""

    variant: PaceVariant
    nonce: bytes = field(repr=False)
    secrets: PaceSecrets

    def answered(self, response: Response) -> tuple["Agreed", Command]:
        """Map the nonce and send the key on the mapped generator.

        Raises:
            PaceError, TlvError, CurveError: the chip does not follow PACE.
        """
        point, key = self._public_key(response)
        agreed = Agreed(self.variant, self.secrets, key, point)
        return agreed, authenticate(tlv.encode(_KEY, key))

    def _public_key(self, response: Response) -> tuple[bytes, bytes]:
        """Give the chip's mapping key, if there is one, and ours on the mapped generator."""
        curve, info, secrets = self.variant.curve, self.variant.info, self.secrets
        if info.mapping is Mapping.INTEGRATED:
            _require_ok(response)
            generator = pace_im.map_nonce(curve, info.cipher, self.nonce, secrets.nonce)
            return b"", curves.multiply(curve, generator, secrets.agreement)
        point = value(response, _MAP_ANSWER)
        nonce, times = self.nonce, secrets.agreement
        return point, pace_gm.map_nonce(curve, nonce, secrets.mapping, point, times)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The terminal's key on the mapped generator is sent; the chip's is awaited."""

    variant: PaceVariant
    secrets: PaceSecrets
    key: bytes
    mapping_point: bytes

    def answered(self, response: Response) -> tuple["Confirming", Command]:
        """Agree on the keys and send the token.

        Raises:
            PaceError, TlvError, CurveError: the chip does not follow PACE.
        """
        theirs = value(response, _KEY_ANSWER)
        if theirs == self.key:
            raise PaceError("The chip sent the terminal's own key back.")
        secret = curves.shared_x(self.variant.curve, self.secrets.agreement, theirs)
        cipher, oid = self.variant.info.cipher, self.variant.info.oid
        keys = derive_session_keys(secret, cipher)
        token = authentication_token(cipher, keys.mac, oid, theirs)
        expected = authentication_token(cipher, keys.mac, oid, self.key)
        confirming = Confirming(self.variant, SecureChannel(keys), expected, self.mapping_point)
        return confirming, authenticate(tlv.encode(_TOKEN, token), last=True)


@dataclass(frozen=True, slots=True)
class Confirming:
    """The terminal's token is sent; the chip's is awaited."""

    variant: PaceVariant
    channel: SecureChannel
    expected: bytes = field(repr=False)
    mapping_point: bytes

    def answered(self, response: Response) -> Established:
        """Check the chip's token.

        Raises:
            WrongPasswordError: the chip has another password.
            PaceError, TlvError: the chip does not follow PACE.
        """
        _require_password(response)
        if not hmac.compare_digest(value(response, _TOKEN_ANSWER), self.expected):
            raise WrongPasswordError("The chip's token is wrong.")
        with_proof = self.variant.info.mapping is Mapping.CHIP_AUTHENTICATION
        data = value(response, _CHIP_DATA) if with_proof else None
        return Established(self.channel, self.mapping_point, data)


def authentication_token(cipher: Cipher, mac_key: bytes, oid: bytes, point: bytes) -> bytes:
    """Compute the token over the other side's key (section 4.4.3.4)."""
    data = tlv.encode(_OID, oid) + tlv.encode(_POINT, point)
    return code_of(cipher, mac_key, tlv.encode(_PUBLIC_KEY, data))


def authenticate(data: bytes, *, last: bool = False) -> Command:
    """Make the GENERAL AUTHENTICATE of one step; only the last one ends the chain."""
    cla = CLA_PLAIN if last else CLA_CHAINING
    return Command(cla, INS_GENERAL_AUTHENTICATE, 0, 0, tlv.encode(_DYNAMIC, data), 256)


def value(response: Response, tag: int) -> bytes:
    """Take one data object out of the chip's answer to a step.

    Raises:
        PaceError: the chip ends PACE.
        TlvError: the data object is not there.
    """
    _require_ok(response)
    return tlv.value_of(response.data, _DYNAMIC, tag)


def _require_ok(response: Response) -> None:
    if not response.ok:
        raise PaceError(f"The chip ends PACE with status {response.sw:04X}.")


def _require_password(response: Response) -> None:
    sw = response.sw
    counted = sw & COUNTED_MASK == COUNTED
    if sw >> 8 == SW.AUTHENTICATION_FAILED >> 8 or sw == SW.SECURITY_STATUS_NOT_SATISFIED:
        tries = sw & ~COUNTED_MASK if counted else None
        raise WrongPasswordError("The chip refuses the terminal's token.", tries)
