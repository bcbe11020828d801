"""Reads an ICAO chip with its password and keeps the line for the relay; trusts nothing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk_app.cards.apdu import (
    INS_INTERNAL_AUTHENTICATE,
    Command,
    Response,
    Send,
    Transmit,
    exchange,
    parse_command,
)
from kiosk_app.cards.causes import CardProblem
from kiosk_app.cards.chip_problems import translated
from kiosk_app.cards.icao import access, extended_length, files, pace
from kiosk_app.cards.icao.access import AccessError, AccessProtocol
from kiosk_app.cards.icao.data_groups import parse_dg1, parse_dg14
from kiosk_app.cards.icao.opening import Chance, open_chip
from kiosk_app.cards.icao.passwords import Password, pace_secret
from kiosk_app.cards.icao.protected_line import LongAnswerError, ProtectedLine
from kiosk_app.cards.icao.relaying import (
    MAX_COMMANDS,
    RelayError,
    pace_command,
    plain_command,
    protected_command,
)
from kiosk_app.cards.mrz import MrzFacts

_SHORT_ANSWERS = 256
_OVERHEAD = 40


class _LongFailure(CardProblem):
    """The reader failed at a command of extended length: it has none, or the card is gone."""


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What a chip holds, unverified: only the gateway can say whether it is genuine.

    Attributes:
        dg1: EF.DG1 as read (raw bytes, as all files here).
        sod: EF.SOD.
        dg14: EF.DG14; None where the chip has none.
        dg15: EF.DG15; None where the chip has none.
        card_access: EF.CardAccess; None where the chip has none.
        card_security: EF.CardSecurity; None unless chip authentication mapping is offered.
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
    _extended: bool = field(repr=False)

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
        with translated():
            _check_number([*plain, *protected])
            covered = [plain_command(raw) for raw in plain]
            carried = [protected_command(raw) for raw in protected]
            opened = [self._send_covered(command).encode() for command in covered]
            return opened + [exchange(self._transmit, c).encode() for c in carried]

    def _send_covered(self, command: Command) -> Response:
        """Send protected; a signature may be longer than a short answer is."""
        extended = self._extended and command.ins == INS_INTERNAL_AUTHENTICATE
        return self._line.send(replace(command, extended=extended))

    def begin_pace_cam(self, password: Password) -> bytes:
        """Begin a fresh PACE with chip authentication mapping, for the gateway to go on with.

        This reading's own channel ends with it. The password never leaves the kiosk.

        Returns:
            the chip's nonce, decrypted.

        Raises:
            CardProblem: the chip has no such PACE, was taken, or answers garbage.
        """
        with translated():
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
        with translated():
            _check_number(commands)
            carried = [pace_command(raw) for raw in commands]
            return [exchange(self._transmit, command).encode() for command in carried]


def read_chip(
    transmit: Transmit,
    password: Password,
    atr: bytes = b"",
    chance: Chance = secrets.token_bytes,
) -> ChipReading:
    """Open a chip and read DG1, DG14, DG15 and EF.SOD; never the portrait or the fingerprints.

    PACE in the strongest variant that both sides know; basic access control only with a
    machine readable zone and where the chip has no EF.CardAccess.

    Args:
        transmit: sends one APDU (``OpenCard.transmit``).
        password: the card's number or the key of its machine readable zone.
        atr: the card's answer to reset, where known: it may tell of extended length.
        chance: gives that many random bytes; another one only to record or replay a reading.

    Raises:
        CardProblem: with the cause that the citizen is told.
    """
    with translated():
        pace_secret(password)  # what cannot be a password never reaches the card
        try:
            limit = extended_length.answer_limit_of_atr(atr)
            return _read(_aware(transmit), password, chance, limit)
        except (LongAnswerError, _LongFailure):
            return _read(transmit, password, chance)


def _read(
    transmit: Transmit, password: Password, chance: Chance, limit: int | None = None
) -> ChipReading:
    """Read with answers up to ``limit``; where the ATR told of short ones only, the chip is asked.

    Without a limit, answers are short ones and the chip is not asked.
    """
    send = _plain_line(transmit)
    send(files.select_master_file())  # a card just reset is there already, and may refuse
    if limit == _SHORT_ANSWERS:
        limit = extended_length.answer_limit(files.read_atr_info(send))
    block = max(files.BLOCK, (limit or _SHORT_ANSWERS) - _OVERHEAD)
    opened = open_chip(transmit, send, password, block, chance)
    line = opened.line.send
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
        _extended=block > files.BLOCK,
    )


def _aware(transmit: Transmit) -> Transmit:
    """Tell a failure at extended length apart: a reader that has none fails like one left alone."""

    def transmit_aware(command: bytes) -> bytes:
        try:
            return transmit(command)
        except CardProblem as problem:
            if parse_command(command).extended:
                raise _LongFailure(problem.cause, problem.detail) from problem
            raise

    return transmit_aware


def _plain_line(transmit: Transmit) -> Send:
    return lambda command: exchange(transmit, command)


def _check_number(commands: Sequence[bytes]) -> None:
    if len(commands) > MAX_COMMANDS:
        raise RelayError("The gateway asks for too many commands.")
