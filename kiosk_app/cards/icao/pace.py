"""PACE (ICAO Doc 9303 part 11 section 4.4), the terminal's side from MSE:Set AT on; no files."""

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_MANAGE_SECURITY_ENVIRONMENT,
    SW,
    Command,
    Send,
)
from kiosk_app.cards.icao import curves
from kiosk_app.cards.icao.access import PaceVariant
from kiosk_app.cards.icao.ciphers import decrypt
from kiosk_app.cards.icao.pace_steps import (
    COUNTED,
    COUNTED_MASK,
    Established,
    Mapped,
    PaceError,
    PaceSecrets,
    WrongPasswordError,
    authenticate,
    value,
)
from kiosk_app.cards.icao.passwords import Password, pace_secret, reference
from kiosk_app.cards.icao.security_infos import Mapping
from kiosk_app.cards.icao.session_keys import derive_password_key

_SET_AT = (0xC1, 0xA4)
_DO_OID, _DO_PASSWORD, _DO_PARAMETERS = 0x80, 0x83, 0x84
_NONCE = 0x80
_MAP_DATA = 0x81
_NONCE_SIZES = {16, 32}


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
    if not answer.ok and answer.sw & COUNTED_MASK != COUNTED:
        raise PaceError(f"The chip refuses PACE (status {answer.sw:04X}).")
    hidden = value(send(authenticate(b"")), _NONCE)
    if len(hidden) not in _NONCE_SIZES:
        raise PaceError("The chip's nonce is neither 16 nor 32 bytes long.")
    return decrypt(cipher, key, bytes(cipher.block_size), hidden)


def begin(variant: PaceVariant, nonce: bytes, secrets: PaceSecrets) -> tuple[Mapped, Command]:
    """Answer the chip's nonce with the mapping data."""
    if variant.info.mapping is Mapping.INTEGRATED:
        data = secrets.nonce
    else:
        data = curves.public_point(variant.curve, secrets.mapping)
    return Mapped(variant, nonce, secrets), authenticate(tlv.encode(_MAP_DATA, data))


def _set_protocol(variant: PaceVariant, password: Password) -> Command:
    data = tlv.encode(_DO_OID, variant.info.oid) + tlv.encode(_DO_PASSWORD, reference(password))
    if variant.named:
        data += tlv.encode(_DO_PARAMETERS, bytes((variant.curve.parameter_id,)))
    return Command(CLA_PLAIN, INS_MANAGE_SECURITY_ENVIRONMENT, *_SET_AT, data)
