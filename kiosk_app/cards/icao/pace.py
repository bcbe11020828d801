"""PACE (ICAO Doc 9303 part 11 section 4.4), the terminal's side, step by step; reads no files.

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
    INS_MANAGE_SECURITY_ENVIRONMENT,
    SW,
    Command,
    Response,
    Send,
)
from kiosk_app.cards.icao import curves, pace_gm, pace_im
from kiosk_app.cards.icao.access import PaceVariant
from kiosk_app.cards.icao.ciphers import code_of, decrypt
from kiosk_app.cards.icao.passwords import Password, pace_secret, reference
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import Cipher, Mapping
from kiosk_app.cards.icao.session_keys import derive_password_key, derive_session_keys

_SET_AT = (0xC1, 0xA4)
_DO_OID, _DO_PASSWORD, _DO_PARAMETERS = 0x80, 0x83, 0x84
_DYNAMIC = 0x7C
_NONCE = 0x80
_MAP_DATA, _MAP_ANSWER = 0x81, 0x82
_KEY, _KEY_ANSWER = 0x83, 0x84
_TOKEN, _TOKEN_ANSWER = 0x85, 0x86
_CHIP_DATA = 0x8A
_PUBLIC_KEY, _OID, _POINT = 0x7F49, 0x06, 0x86
_COUNTED, _COUNTED_MASK = 0x63C0, 0xFFF0
_NONCE_SIZES = {16, 32}


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


def chance_size(variant: PaceVariant) -> int:
    """How many random bytes ``secrets_from`` needs."""
    return 2 * curves.chance_size(variant.curve) + variant.info.cipher.key_size


def secrets_from(variant: PaceVariant, chance: bytes) -> PaceSecrets:
    """Make the secrets of one run.

    Raises:
        CurveError: there are fewer than ``chance_size`` random bytes.
    """
    size, key_size = curves.chance_size(variant.curve), variant.info.cipher.key_size
    if len(chance) < chance_size(variant):
        raise curves.CurveError("There are too few random bytes for PACE.")
    mapping, agreement = (
        curves.private_key(variant.curve, part) for part in (chance[:size], chance[size : 2 * size])
    )
    return PaceSecrets(mapping, chance[2 * size :][:key_size], agreement)


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


def establish(
    send: Send, variant: PaceVariant, password: Password, secrets: PaceSecrets
) -> Established:
    """Run PACE from MSE:Set AT to the channel.

    Raises:
        PasswordError: the password cannot be one.
        WrongPasswordError: the chip has another one.
        PaceError: the chip refuses or does not follow PACE.
        TlvError, CurveError: an answer is no data object, a point is not on the curve.
    """
    mapping, command = begin(variant, fetch_nonce(send, variant, password), secrets)
    agreement, command = mapping.answered(send(command))
    confirmation, command = agreement.answered(send(command))
    return confirmation.answered(send(command))


def fetch_nonce(send: Send, variant: PaceVariant, password: Password) -> bytes:
    """Begin PACE and give the chip's nonce, decrypted; it is right only if the password is.

    Raises:
        PasswordError, PaceError, TlvError: as ``establish``.
        WrongPasswordError: it was wrong too often, and the chip takes it no more.
    """
    cipher = variant.info.cipher
    key = derive_password_key(pace_secret(password), cipher)
    answer = send(_set_protocol(variant, password))
    if answer.sw == SW.AUTHENTICATION_BLOCKED:
        raise WrongPasswordError("The chip takes this password no more.", 0)
    if not answer.ok and answer.sw & _COUNTED_MASK != _COUNTED:
        raise PaceError(f"The chip refuses PACE (status {answer.sw:04X}).")
    hidden = _value(send(_authenticate(b"")), _NONCE)
    if len(hidden) not in _NONCE_SIZES:
        raise PaceError("The chip's nonce is neither 16 nor 32 bytes long.")
    return decrypt(cipher, key, bytes(cipher.block_size), hidden)


def begin(variant: PaceVariant, nonce: bytes, secrets: PaceSecrets) -> tuple["Mapped", Command]:
    """Answer the chip's nonce with the mapping data."""
    if variant.info.mapping is Mapping.INTEGRATED:
        data = secrets.nonce
    else:
        data = curves.public_point(variant.curve, secrets.mapping)
    return Mapped(variant, nonce, secrets), _authenticate(tlv.encode(_MAP_DATA, data))


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
        point, generator = self._generator(response)
        key = curves.multiply(self.variant.curve, generator, self.secrets.agreement)
        agreed = Agreed(self.variant, self.secrets, key, point)
        return agreed, _authenticate(tlv.encode(_KEY, key))

    def _generator(self, response: Response) -> tuple[bytes, bytes]:
        curve, info = self.variant.curve, self.variant.info
        if info.mapping is Mapping.INTEGRATED:
            _require_ok(response)
            mapped = pace_im.map_nonce(curve, info.cipher, self.nonce, self.secrets.nonce)
            return b"", mapped
        point = _value(response, _MAP_ANSWER)
        return point, pace_gm.map_nonce(curve, self.nonce, self.secrets.mapping, point)


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
        theirs = _value(response, _KEY_ANSWER)
        if theirs == self.key:
            raise PaceError("The chip sent the terminal's own key back.")
        secret = curves.shared_x(self.variant.curve, self.secrets.agreement, theirs)
        cipher, oid = self.variant.info.cipher, self.variant.info.oid
        keys = derive_session_keys(secret, cipher)
        token = authentication_token(cipher, keys.mac, oid, theirs)
        expected = authentication_token(cipher, keys.mac, oid, self.key)
        confirming = Confirming(self.variant, SecureChannel(keys), expected, self.mapping_point)
        return confirming, _authenticate(tlv.encode(_TOKEN, token), last=True)


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
        if not hmac.compare_digest(_value(response, _TOKEN_ANSWER), self.expected):
            raise WrongPasswordError("The chip's token is wrong.")
        with_proof = self.variant.info.mapping is Mapping.CHIP_AUTHENTICATION
        data = _value(response, _CHIP_DATA) if with_proof else None
        return Established(self.channel, self.mapping_point, data)


def authentication_token(cipher: Cipher, mac_key: bytes, oid: bytes, point: bytes) -> bytes:
    """Compute the token over the other side's key (section 4.4.3.4)."""
    data = tlv.encode(_OID, oid) + tlv.encode(_POINT, point)
    return code_of(cipher, mac_key, tlv.encode(_PUBLIC_KEY, data))


def _set_protocol(variant: PaceVariant, password: Password) -> Command:
    data = tlv.encode(_DO_OID, variant.info.oid) + tlv.encode(_DO_PASSWORD, reference(password))
    if variant.named:
        data += tlv.encode(_DO_PARAMETERS, bytes((variant.curve.parameter_id,)))
    return Command(CLA_PLAIN, INS_MANAGE_SECURITY_ENVIRONMENT, *_SET_AT, data)


def _authenticate(data: bytes, *, last: bool = False) -> Command:
    cla = CLA_PLAIN if last else CLA_CHAINING
    return Command(cla, INS_GENERAL_AUTHENTICATE, 0, 0, tlv.encode(_DYNAMIC, data), 256)


def _value(response: Response, tag: int) -> bytes:
    _require_ok(response)
    return tlv.value_of(response.data, _DYNAMIC, tag)


def _require_ok(response: Response) -> None:
    if not response.ok:
        raise PaceError(f"The chip ends PACE with status {response.sw:04X}.")


def _require_password(response: Response) -> None:
    sw = response.sw
    counted = sw & _COUNTED_MASK == _COUNTED
    if sw >> 8 == SW.AUTHENTICATION_FAILED >> 8 or sw == SW.SECURITY_STATUS_NOT_SATISFIED:
        tries = sw & ~_COUNTED_MASK if counted else None
        raise WrongPasswordError("The chip refuses the terminal's token.", tries)
