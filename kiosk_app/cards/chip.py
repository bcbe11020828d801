"""Reads an ICAO chip with its CAN and keeps the channel for the gateway's relay; trusts nothing."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from kiosk_app.cards.apdu import ApduError, Command, Response, Transmit, exchange, parse_command
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.icao import curves, files, pace
from kiosk_app.cards.icao.data_groups import parse_dg1
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError
from kiosk_app.cards.icao.security_infos import (
    PaceInfo,
    SecurityInfoError,
    count_pace_infos,
    parse_security_infos,
)
from kiosk_app.cards.mrz import MrzError, MrzFacts
from kiosk_app.cards.tlv import TlvError

_CAN_DIGITS = 6
_MAX_RELAYED = 16


class _ProtectedLine:
    """A transmit that protects: carries the channel from one command to the next."""

    def __init__(self, transmit: Transmit, channel: SecureChannel) -> None:
        self.transmit = transmit
        self._channel = channel

    def send(self, command: Command) -> Response:
        """Protect, send, check and open."""
        self._channel, protected = self._channel.protect(command)
        answer = exchange(self.transmit, protected)
        self._channel, response = self._channel.open(answer)
        return response


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What a chip holds, unverified: only the gateway can say whether it is genuine.

    Attributes:
        dg1: EF.DG1 as read (raw bytes).
        dg14: EF.DG14 as read.
        sod: EF.SOD as read.
        mrz: the facts of DG1's machine readable zone.
    """

    dg1: bytes = field(repr=False)
    dg14: bytes = field(repr=False)
    sod: bytes = field(repr=False)
    mrz: MrzFacts = field(repr=False)
    _line: _ProtectedLine = field(repr=False)

    def relay(self, plain: Sequence[bytes], protected: Sequence[bytes]) -> list[bytes]:
        """Carry the gateway's APDUs to the chip and give all answers, in order.

        Args:
            plain: command APDUs to be protected by this reading's own secure messaging; their
                answers are given back opened, with status word.
            protected: command APDUs that the gateway protected itself; carried as they are.

        Raises:
            CardProblem: the card was taken or answers garbage, or the commands are none.
        """
        if len(plain) + len(protected) > _MAX_RELAYED:
            raise CardProblem(CardCause.UNSUPPORTED, "The gateway asks for too many commands.")
        with _translated():
            opened = [self._line.send(parse_command(command)).encode() for command in plain]
            carried = [
                exchange(self._line.transmit, parse_command(command)).encode()
                for command in protected
            ]
        return opened + carried


def read_chip(transmit: Transmit, can: str) -> ChipReading:
    """Open a chip with PACE and read DG1, DG14 and EF.SOD.

    Args:
        transmit: sends one APDU (``OpenCard.transmit``).
        can: the six digits printed on the card.

    Raises:
        CardProblem: with the cause that the citizen is told.
    """
    if len(can) != _CAN_DIGITS or not (can.isascii() and can.isdigit()):
        raise CardProblem(CardCause.WRONG_CAN, "A CAN is six digits.")
    with _translated():
        line = _ProtectedLine(transmit, _open(transmit, can.encode("ascii")))
        if not line.send(files.select_application()).ok:
            raise CardProblem(CardCause.UNSUPPORTED, "The card has no travel document inside.")
        dg1, dg14, sod = (
            files.read_file(line.send, file) for file in (files.DG1, files.DG14, files.SOD)
        )
        return ChipReading(dg1, dg14, sod, parse_dg1(dg1), line)


def _open(transmit: Transmit, can: bytes) -> SecureChannel:
    send: Callable[[Command], Response] = lambda command: exchange(transmit, command)  # noqa: E731 - binds the line
    card_access = _card_access(send)
    info, curve = _choose(card_access)
    keys = (secrets.token_bytes(curves.chance_size(curve)) for _ in range(2))
    ephemeral = pace.PaceSecrets(*(curves.private_key(curve, chance) for chance in keys))
    several = count_pace_infos(card_access) > 1
    return pace.establish(send, info, curve, can, ephemeral, name_parameters=several)


def _card_access(send: pace.Send) -> bytes:
    send(files.select_master_file())  # a card just reset is there already, and may refuse
    try:
        return files.read_file(send, files.CARD_ACCESS)
    except files.FileError as error:
        raise CardProblem(CardCause.UNSUPPORTED, str(error)) from error


def _choose(card_access: bytes) -> tuple[PaceInfo, curves.Curve]:
    """Take the first variant that both sides know, in the chip's order."""
    for info in parse_security_infos(card_access):
        if isinstance(info, PaceInfo):
            curve = curves.by_parameter_id(info.parameter_id)
            if curve is not None:
                return info, curve
    raise CardProblem(CardCause.UNSUPPORTED, "The card offers no variant of PACE known here.")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what went wrong into what the citizen is told."""
    try:
        yield
    except pace.WrongPasswordError as error:
        raise CardProblem(CardCause.WRONG_CAN, str(error)) from error
    except (
        ApduError,
        TlvError,
        SecurityInfoError,
        SecureMessagingError,
        pace.PaceError,
        curves.CurveError,
        files.FileError,
        MrzError,
    ) as error:
        raise CardProblem(CardCause.DAMAGED, str(error)) from error
