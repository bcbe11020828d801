"""PACE with generic mapping (ICAO Doc 9303 part 11 section 4.4), the terminal's side; no files."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_CHAINING,
    CLA_PLAIN,
    INS_GENERAL_AUTHENTICATE,
    INS_MANAGE_SECURITY_ENVIRONMENT,
    SW,
    Command,
    Response,
)
from kiosk_app.cards.icao import curves
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import PaceInfo
from kiosk_app.cards.icao.session_keys import (
    BLOCK,
    decrypt,
    derive_password_key,
    derive_session_keys,
    mac,
)

_SET_AT = (0xC1, 0xA4)
_DO_OID, _DO_PASSWORD, _DO_PARAMETERS = 0x80, 0x83, 0x84
_PASSWORD_CAN = b"\x02"
_DYNAMIC = 0x7C
_NONCE = 0x80
_MAP_DATA, _MAP_ANSWER = 0x81, 0x82
_KEY, _KEY_ANSWER = 0x83, 0x84
_TOKEN, _TOKEN_ANSWER = 0x85, 0x86
_PUBLIC_KEY, _OID, _POINT = 0x7F49, 0x06, 0x86
_COUNTED = 0x63C0
_COUNTED_MASK = 0xFFF0

Send = Callable[[Command], Response]


class PaceError(ValueError):
    """The chip does not follow PACE."""


class WrongPasswordError(PaceError):
    """The chip and the terminal do not share the password."""


@dataclass(frozen=True, slots=True)
class PaceSecrets:
    """The terminal's two ephemeral private keys."""

    mapping: int
    agreement: int


def establish(
    send: Send,
    info: PaceInfo,
    curve: curves.Curve,
    password: bytes,
    secrets: PaceSecrets,
    *,
    name_parameters: bool,
) -> SecureChannel:
    """Run PACE with a CAN and give the channel.

    Args:
        send: sends one command and gives the answer.
        info: which variant of PACE.
        curve: the standardised domain parameters.
        password: the CAN's digits.
        secrets: the terminal's ephemeral keys, never used before.
        name_parameters: the chip offers several, so MSE:Set AT names the chosen one.

    Raises:
        WrongPasswordError: the CAN is another one.
        PaceError: the chip refuses or does not follow PACE.
        CurveError: a point of the chip is not on the curve.
    """
    _select_protocol(send, info, name_parameters=name_parameters)
    nonce = _nonce(_step(send, b"", _NONCE), info, password)
    mapping_key = curves.public_point(curve, secrets.mapping)
    theirs = _step(send, tlv.encode(_MAP_DATA, mapping_key), _MAP_ANSWER)
    generator = curves.map_generator(curve, nonce, secrets.mapping, theirs)
    key = curves.multiply(curve, generator, secrets.agreement)
    their_key = _step(send, tlv.encode(_KEY, key), _KEY_ANSWER)
    if their_key == key:
        raise PaceError("The chip sent the terminal's own key back.")
    keys = derive_session_keys(curves.shared_x(curve, secrets.agreement, their_key), info.cipher)
    token = tlv.encode(_TOKEN, authentication_token(keys.mac, info.oid, their_key))
    answer = _step(send, token, _TOKEN_ANSWER, last=True)
    if not hmac.compare_digest(answer, authentication_token(keys.mac, info.oid, key)):
        raise WrongPasswordError("The chip's token is wrong.")
    return SecureChannel(keys)


def authentication_token(mac_key: bytes, oid: bytes, point: bytes) -> bytes:
    """Compute the token over the other side's key (section 4.4.3.4)."""
    data = tlv.encode(_OID, oid) + tlv.encode(_POINT, point)
    return mac(mac_key, tlv.encode(_PUBLIC_KEY, data))


def _select_protocol(send: Send, info: PaceInfo, *, name_parameters: bool) -> None:
    data = tlv.encode(_DO_OID, info.oid) + tlv.encode(_DO_PASSWORD, _PASSWORD_CAN)
    if name_parameters and info.parameter_id is not None:
        data += tlv.encode(_DO_PARAMETERS, bytes((info.parameter_id,)))
    answer = send(Command(CLA_PLAIN, INS_MANAGE_SECURITY_ENVIRONMENT, *_SET_AT, data))
    if not answer.ok and answer.sw & _COUNTED_MASK != _COUNTED:
        raise PaceError(f"The chip refuses PACE with the CAN (status {answer.sw:04X}).")


def _step(send: Send, data: bytes, answer_tag: int, *, last: bool = False) -> bytes:
    cla = CLA_PLAIN if last else CLA_CHAINING
    body = tlv.encode(_DYNAMIC, data)
    answer = send(Command(cla, INS_GENERAL_AUTHENTICATE, 0, 0, body, 256))
    if last and _is_wrong_password(answer.sw):
        raise WrongPasswordError("The chip refuses the terminal's token.")
    if not answer.ok:
        raise PaceError(f"The chip ends PACE with status {answer.sw:04X}.")
    return tlv.value_of(answer.data, _DYNAMIC, answer_tag)


def _is_wrong_password(sw: int) -> bool:
    return sw >> 8 == SW.AUTHENTICATION_FAILED >> 8 or sw == SW.SECURITY_STATUS_NOT_SATISFIED


def _nonce(hidden: bytes, info: PaceInfo, password: bytes) -> bytes:
    if len(hidden) not in {BLOCK, 2 * BLOCK}:
        raise PaceError("The chip's nonce is neither one nor two blocks long.")
    return decrypt(derive_password_key(password, info.cipher), bytes(BLOCK), hidden)
