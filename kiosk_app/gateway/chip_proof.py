"""Chip authentication (ICAO Doc 9303 part 11 section 6.2) by the gateway; checks no signature.

The gateway's ephemeral key goes to the chip, which must then speak under keys that only the holder
of the chip's static key can derive. The kiosk between them only carries bytes.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_GENERAL_AUTHENTICATE,
    INS_MANAGE_SECURITY_ENVIRONMENT,
    SW,
    ApduError,
    Command,
    parse_response,
)
from kiosk_app.cards.icao import curves, files
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError
from kiosk_app.cards.icao.session_keys import derive_session_keys
from kiosk_app.gateway.evidence import ChipKey, VerifiedDocument
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_SET_AT = (0x41, 0xA4)
_DO_OID, _DO_KEY_ID = 0x80, 0x84
_DYNAMIC, _EPHEMERAL_KEY = 0x7C, 0x80


@dataclass(frozen=True, slots=True)
class ChipChallenge:
    """What the kiosk relays to the chip, and what the gateway keeps to judge the answers.

    Attributes:
        plain: command APDUs that the kiosk protects with its own session.
        protected: command APDUs under the new keys, carried as they are.
    """

    plain: tuple[bytes, ...]
    protected: tuple[bytes, ...]
    _channels: tuple[SecureChannel, ...] = field(repr=False)
    _dg1: bytes = field(repr=False)


def begin(document: VerifiedDocument) -> ChipChallenge:
    """Make a fresh challenge for a document's chip.

    Raises:
        EvidenceRefused: UNSUPPORTED when the chip has no key that the gateway can use.
    """
    if not document.chip_keys:
        raise EvidenceRefused(
            RefusalReason.UNSUPPORTED, "The chip offers no chip authentication known here."
        )
    key = max(document.chip_keys, key=lambda offered: offered.cipher.value)
    private = curves.private_key(key.curve, secrets.token_bytes(curves.chance_size(key.curve)))
    try:
        secret = curves.shared_x(key.curve, private, key.point)
    except curves.CurveError as error:
        raise EvidenceRefused(RefusalReason.MALFORMED, f"The chip's key: {error}") from error
    channel = SecureChannel(derive_session_keys(secret, key.cipher))
    # By short identifier: the kiosk carries no SELECT, whose protection would hide the file.
    commands = (files.read_by_short_identifier(files.DG1, _read_length(document)),)
    protected, channels = _protect(channel, commands)
    public = curves.public_point(key.curve, private)
    return ChipChallenge(_plain(key, public), protected, channels, document.dg1)


def _read_length(document: VerifiedDocument) -> int:
    return min(len(document.dg1), files.BLOCK)


def _plain(key: ChipKey, public: bytes) -> tuple[bytes, ...]:
    choice = tlv.encode(_DO_OID, key.oid)
    if key.key_id is not None:
        width = max(1, (key.key_id.bit_length() + 7) // 8)
        choice += tlv.encode(_DO_KEY_ID, key.key_id.to_bytes(width, "big"))
    ephemeral = tlv.encode(_DYNAMIC, tlv.encode(_EPHEMERAL_KEY, public))
    commands = (
        Command(CLA_PLAIN, INS_MANAGE_SECURITY_ENVIRONMENT, *_SET_AT, choice),
        Command(CLA_PLAIN, INS_GENERAL_AUTHENTICATE, 0, 0, ephemeral, 256),
    )
    return tuple(command.encode() for command in commands)


def _protect(
    channel: SecureChannel, commands: tuple[Command, ...]
) -> tuple[tuple[bytes, ...], tuple[SecureChannel, ...]]:
    """Protect commands ahead of their answers; give the channel that each answer comes on."""
    protected, channels = [], []
    for command in commands:
        channel, covered = channel.protect(command)
        protected.append(covered.encode())
        channels.append(channel)
        channel = replace(channel, counter=channel.counter + 1)
    return tuple(protected), tuple(channels)


def finish(challenge: ChipChallenge, responses: Sequence[bytes]) -> None:
    """Judge the chip's answers; they prove it when the last one carries the signed DG1.

    Args:
        challenge: what was relayed.
        responses: one answer for each command, plain ones first, each with its status word.

    Raises:
        EvidenceRefused: CHIP_NOT_GENUINE.
    """
    carried = len(challenge.plain)
    if len(responses) != carried + len(challenge.protected):
        raise _not_genuine("The chip did not answer every command.")
    try:
        answers = [
            channel.open(parse_response(response))[1]
            for channel, response in zip(challenge._channels, responses[carried:], strict=True)  # noqa: SLF001 - its module
        ]
    except (ApduError, SecureMessagingError) as error:
        raise _not_genuine("The chip does not speak under the agreed keys.") from error
    expected = challenge._dg1[: files.BLOCK]  # noqa: SLF001 - its module
    if answers[-1].sw not in {SW.OK, SW.END_OF_FILE}:
        raise _not_genuine("The chip refuses to give DG1 under the agreed keys.")
    if not hmac.compare_digest(answers[-1].data, expected):
        raise _not_genuine("The chip gives another DG1 under the agreed keys.")


def _not_genuine(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.CHIP_NOT_GENUINE, sentence)
