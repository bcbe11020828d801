"""Reads an ICAO chip with its CAN and keeps the channel for the gateway's relay; trusts nothing."""

from dataclasses import dataclass

from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.mrz import MrzFacts


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What a chip holds, unverified: only the gateway can say whether it is genuine.

    Attributes:
        dg1: EF.DG1 as read (raw bytes).
        dg14: EF.DG14 as read.
        sod: EF.SOD as read.
        mrz: the facts of DG1's machine readable zone.
    """

    dg1: bytes
    dg14: bytes
    sod: bytes
    mrz: MrzFacts

    def relay(self, plain: tuple[bytes, ...], protected: tuple[bytes, ...]) -> list[bytes]:
        """Carry the gateway's APDUs to the chip and give all answers, in order.

        Args:
            plain: command APDUs to be protected by this reading's own secure messaging; their
                answers are given back opened, with status word.
            protected: command APDUs that the gateway protected itself; carried as they are.

        Raises:
            CardProblem: the card was taken or answers garbage.
        """
        raise NotImplementedError


def read_chip(transmit: Transmit, can: str, atr: bytes = b"") -> ChipReading:
    """Open a chip with PACE and read DG1, DG14 and EF.SOD.

    Args:
        transmit: sends one APDU (``OpenCard.transmit``).
        can: the six digits printed on the card.
        atr: the card's answer to reset, if known: lets cards with extended length read faster.

    Raises:
        CardProblem: with the cause that the citizen is told.
    """
    raise NotImplementedError
