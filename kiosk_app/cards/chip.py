"""Reads an ICAO chip with its password and keeps the line for the relay; trusts nothing."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from kiosk_app.cards.apdu import ApduError, Send, Transmit, exchange
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.icao import access, bac, curves, extended_length, files, pace, pace_cam
from kiosk_app.cards.icao.access import AccessError, AccessProtocol, PaceVariant
from kiosk_app.cards.icao.card_security import parse_card_security
from kiosk_app.cards.icao.data_groups import parse_dg1, parse_dg14
from kiosk_app.cards.icao.passwords import Can, Password, PasswordError, pace_secret
from kiosk_app.cards.icao.protected_line import LongAnswerError, ProtectedLine
from kiosk_app.cards.icao.relaying import (
    MAX_COMMANDS,
    RelayError,
    pace_command,
    plain_command,
    protected_command,
)
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError
from kiosk_app.cards.icao.security_infos import SecurityInfo, SecurityInfoError
from kiosk_app.cards.mrz import MrzError, MrzFacts
from kiosk_app.cards.tlv import TlvError

_SHORT_ANSWERS = 256
_OVERHEAD = 40
_BROKEN = (
    *(ApduError, TlvError, MrzError, SecurityInfoError, SecureMessagingError, files.FileError),
    *(curves.CurveError, pace.PaceError, bac.BacError, pace_cam.ChipDataError),
)


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What a chip holds, unverified: only the gateway can say whether it is genuine.

    Attributes:
        dg1: EF.DG1 as read (raw bytes, as all files here).
        sod: EF.SOD.
        dg14: EF.DG14; None where the chip has none.
        dg15: EF.DG15; None where the chip has none.
        card_access: EF.CardAccess; None where the chip has none.
        card_security: EF.CardSecurity; None unless PACE ran with chip authentication mapping.
        mrz: the facts of DG1's machine readable zone.
        access: how the chip was opened.
    """

    dg1: bytes = field(repr=False)
    sod: bytes = field(repr=False)
    dg14: bytes | None = field(repr=False)
    dg15: bytes | None = field(repr=False)
    card_access: bytes | None = field(repr=False)
    card_security: bytes | None = field(repr=False)
    mrz: MrzFacts = field(repr=False)
    access: AccessProtocol
    _transmit: Transmit = field(repr=False)
    _line: ProtectedLine = field(repr=False)

    def relay(self, plain: Sequence[bytes], protected: Sequence[bytes]) -> list[bytes]:
        """Carry the gateway's APDUs to the chip and give all answers, in order.

        What passes is said in ``icao.relaying``; nothing is sent unless everything passes.

        Args:
            plain: command APDUs to be protected by this reading's own secure messaging; their
                answers are given back opened, with status word.
            protected: command APDUs that the gateway protected itself; carried as they are.

        Raises:
            CardProblem: the card was taken or answers garbage, or a command may not pass.
        """
        with _translated():
            _check_number([*plain, *protected])
            covered = [plain_command(raw) for raw in plain]
            carried = [protected_command(raw) for raw in protected]
            opened = [self._line.send(command).encode() for command in covered]
            return opened + [exchange(self._transmit, c).encode() for c in carried]

    def begin_pace_cam(self, password: Password) -> bytes:
        """Begin a fresh PACE with chip authentication mapping, for the gateway to go on with.

        This reading's own channel ends with it. The password never leaves the kiosk.

        Returns:
            the chip's nonce, decrypted.

        Raises:
            CardProblem: the chip has no such PACE, was taken, or answers garbage.
        """
        with _translated():
            variant = access.choose_pace_cam(self.card_access or b"\x31\x00")
            if variant is None:
                raise AccessError("The document has no PACE with chip authentication mapping.")
            send = _plain_line(self._transmit)
            send(files.select_master_file())
            return pace.fetch_nonce(send, variant, password)

    def carry(self, commands: Sequence[bytes]) -> list[bytes]:
        """Carry the gateway's GENERAL AUTHENTICATE of that PACE, as they are.

        Raises:
            CardProblem: the card was taken or answers garbage, or a command may not pass.
        """
        with _translated():
            _check_number(commands)
            carried = [pace_command(raw) for raw in commands]
            return [exchange(self._transmit, command).encode() for command in carried]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A chip with its channel open, before the travel document's files are read."""

    line: ProtectedLine
    block: int
    variant: PaceVariant | None = None
    card_access: bytes | None = None
    card_security: bytes | None = None

    @property
    def protocol(self) -> AccessProtocol:
        return AccessProtocol.BAC if self.variant is None else self.variant.protocol


def read_chip(transmit: Transmit, password: Password, atr: bytes = b"") -> ChipReading:
    """Open a chip and read DG1, DG14, DG15 and EF.SOD; never the portrait or the fingerprints.

    PACE in the strongest variant that both sides know; basic access control only with a
    machine readable zone and where the chip has no EF.CardAccess.

    Args:
        transmit: sends one APDU (``OpenCard.transmit``).
        password: the card's number or the key of its machine readable zone.
        atr: the card's answer to reset, where known: it may tell of extended length.

    Raises:
        CardProblem: with the cause that the citizen is told.
    """
    with _translated():
        pace_secret(password)  # what cannot be a password never reaches the card
        try:
            return _read(transmit, password, extended_length.answer_limit_of_atr(atr))
        except LongAnswerError:
            return _read(transmit, password, _SHORT_ANSWERS, ask_length=False)


def _read(
    transmit: Transmit, password: Password, limit: int, *, ask_length: bool = True
) -> ChipReading:
    send = _plain_line(transmit)
    send(files.select_master_file())  # a card just reset is there already, and may refuse
    if ask_length and limit <= _SHORT_ANSWERS:
        limit = extended_length.answer_limit(files.read_atr_info(send))
    opened = _open(transmit, send, password, max(files.BLOCK, limit - _OVERHEAD))
    line, block = opened.line.send, opened.block
    dg1 = files.read_file(line, files.DG1, block)
    dg14, dg15 = (files.read_optional_file(line, f, block) for f in (files.DG14, files.DG15))
    access.check_no_downgrade(opened.variant, parse_dg14(dg14) if dg14 else ())
    return ChipReading(
        dg1=dg1,
        sod=files.read_file(line, files.SOD, block),
        dg14=dg14,
        dg15=dg15,
        card_access=opened.card_access,
        card_security=opened.card_security,
        mrz=parse_dg1(dg1),
        access=opened.protocol,
        _transmit=transmit,
        _line=opened.line,
    )


def _open(transmit: Transmit, send: Send, password: Password, block: int) -> _Opened:
    card_access = _card_access(send)
    if card_access is None:
        return _Opened(ProtectedLine(transmit, _open_with_bac(send, password)), block)
    variant = access.choose_pace(card_access)
    chance = secrets.token_bytes(pace.chance_size(variant))
    done = pace.establish(send, variant, password, pace.secrets_from(variant, chance))
    line, security = ProtectedLine(transmit, done.channel), None
    if done.chip_data is not None:
        security = files.read_file(line.send, files.CARD_SECURITY, block)
        _check_chip(variant, parse_card_security(security), done)
    _select_application(line.send)
    return _Opened(line, block, variant, card_access, security)


def _check_chip(
    variant: PaceVariant, infos: tuple[SecurityInfo, ...], done: pace.Established
) -> None:
    static = pace_cam.static_point(variant.curve, infos)
    pace_cam.check(
        variant.curve, done.channel.keys, done.chip_data or b"", static, done.mapping_point
    )


def _card_access(send: Send) -> bytes | None:
    try:
        return files.read_optional_file(send, files.CARD_ACCESS)
    except files.FileError as error:
        raise AccessError(str(error)) from error


def _open_with_bac(send: Send, password: Password) -> SecureChannel:
    if isinstance(password, Can):
        raise AccessError("The document has no PACE; its machine readable zone would open it.")
    _select_application(send)
    return bac.establish(send, password, secrets.token_bytes(bac.CHANCE_SIZE))


def _select_application(send: Send) -> None:
    if not send(files.select_application()).ok:
        raise AccessError("The card has no travel document inside.")


def _plain_line(transmit: Transmit) -> Send:
    return lambda command: exchange(transmit, command)


def _check_number(commands: Sequence[bytes]) -> None:
    if len(commands) > MAX_COMMANDS:
        raise RelayError("The gateway asks for too many commands.")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what went wrong into what the citizen is told."""
    try:
        yield
    except pace.WrongPasswordError as error:
        raise CardProblem(CardCause.WRONG_CAN, str(error), error.tries_left) from error
    except (PasswordError, bac.WrongKeyError) as error:
        raise CardProblem(CardCause.WRONG_CAN, str(error)) from error
    except access.DowngradeError as error:
        raise CardProblem(CardCause.DAMAGED, str(error)) from error
    except (AccessError, RelayError) as error:
        raise CardProblem(CardCause.UNSUPPORTED, str(error)) from error
    except _BROKEN as error:
        raise CardProblem(CardCause.DAMAGED, str(error)) from error
