"""Card management of the contact chip: its numbers and how its codes are; it sends no code."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.eobcanka.commands import CARD_MANAGEMENT, Tag, get_data, select_application

Send = Callable[[Command], Response]

_MOST_NUMBER = 32
_NORMAL, _BLOCKED = 0x01, 0x04


class CardDataError(ValueError):
    """The chip does not give a number that every such chip has, or gives nonsense."""


class NotSuchChipError(ValueError):
    """The chip does not know the application that every such chip has."""


class CodeState(StrEnum):
    """How a code of the card is."""

    NONE = "none"
    NORMAL = "normal"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class SecurityCode:
    """A code of the card as the chip tells of it; None where it does not say.

    Attributes:
        octet: its state as the chip gives it: bit 0 normal, bit 2 blocked.
        tries_left: wrong entries until it is blocked.
        tries_most: wrong entries that it bears at all.
    """

    octet: int | None
    tries_left: int | None
    tries_most: int | None

    @property
    def state(self) -> CodeState:
        """What the octet means; blocked outweighs normal."""
        flags = self.octet or 0
        if flags & _BLOCKED:
            return CodeState.BLOCKED
        return CodeState.NORMAL if flags & _NORMAL else CodeState.NONE


@dataclass(frozen=True, slots=True)
class CardData:
    """What card management says.

    Attributes:
        card_number: the number of the chip.
        serial_number: its serial number, as hexadecimal digits.
        iok: the identification code (proves who holds the card).
        dok: the unblocking code.
    """

    card_number: str = field(repr=False)
    serial_number: str = field(repr=False)
    iok: SecurityCode
    dok: SecurityCode


def read_card_data(send: Send) -> CardData:
    """Select card management and read its data objects.

    Raises:
        NotSuchChipError: there is no such application.
        CardDataError: a number is missing or is none.
    """
    if not send(select_application(CARD_MANAGEMENT)).ok:
        raise NotSuchChipError("The chip has no card management of an identity card.")
    return CardData(
        _card_number(_wanted(send, Tag.CARD_NUMBER)),
        _wanted(send, Tag.SERIAL_NUMBER).hex().upper(),
        _code(send, Tag.IOK_STATE, Tag.IOK_TRIES_LEFT, Tag.IOK_TRIES_MOST),
        _code(send, Tag.DOK_STATE, Tag.DOK_TRIES_LEFT, Tag.DOK_TRIES_MOST),
    )


def _wanted(send: Send, tag: Tag) -> bytes:
    answer = send(get_data(tag))
    if not answer.ok or not 0 < len(answer.data) <= _MOST_NUMBER:
        raise CardDataError(f"The data object {tag:02X} cannot be read (status {answer.sw:04X}).")
    return answer.data


def _card_number(data: bytes) -> str:
    if not (data.isascii() and data.isalnum()):
        raise CardDataError("The card's number has other characters than digits and letters.")
    return data.decode("ascii")


def _code(send: Send, state: Tag, left: Tag, most: Tag) -> SecurityCode:
    return SecurityCode(_octet(send, state), _octet(send, left), _octet(send, most))


def _octet(send: Send, tag: Tag) -> int | None:
    answer = send(get_data(tag))
    return answer.data[0] if answer.ok and len(answer.data) == 1 else None
