"""The calls of PC/SC with Python's types; the only module that imports pyscard, and no more."""

from collections.abc import Mapping
from enum import IntEnum
from typing import TypeVar

from smartcard import scard

from kiosk_app.cards.pcsc.results import PcscError, Result

T = TypeVar("T")

_MILLISECONDS = 1000


class Ending(IntEnum):
    """What is done with a card that is let go."""

    LEAVE = scard.SCARD_LEAVE_CARD
    RESET = scard.SCARD_RESET_CARD


def establish() -> int:
    """Connect to the service and give the context; every call raises PcscError when refused."""
    context: int = _checked(*scard.SCardEstablishContext(scard.SCARD_SCOPE_USER))
    return context


def release(context: int) -> None:
    """Let the service go; what was refused is gone anyway."""
    scard.SCardReleaseContext(context)


def cancel(context: int) -> None:
    """End a wait in another thread."""
    scard.SCardCancel(context)


def reader_names(context: int) -> tuple[str, ...]:
    """Name the readers that are there."""
    result, names = scard.SCardListReaders(context, [])
    if result == Result.NO_READERS:
        return ()
    return tuple(_checked(result, names))


def wait(
    context: int, known: Mapping[str, int], seconds: float
) -> tuple[tuple[str, int, bytes], ...] | None:
    """Wait until a state differs from the known one; give name, state and answer to reset of each.

    None: the wait was cancelled, or a reader went meanwhile; look again. After the time all is
    given as it is.
    """
    states = [(name, state) for name, state in known.items()]
    result, answered = scard.SCardGetStatusChange(context, int(seconds * _MILLISECONDS), states)
    if result in {Result.UNKNOWN_READER, Result.CANCELLED}:
        return None
    if result != Result.TIMEOUT:
        _checked(result, None)
    return tuple((name, state, _octets(atr)) for name, state, atr in answered)


def connect(context: int, reader: str) -> tuple[int, int]:
    """Take the card on a reader for exclusive use; give its handle and the protocol."""
    protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    exclusive = scard.SCARD_SHARE_EXCLUSIVE
    result, handle, protocol = scard.SCardConnect(context, reader, exclusive, protocols)
    return _checked(result, (handle, protocol))


def answer_to_reset(handle: int) -> bytes:
    """Give the answer to reset of a card in use."""
    result, _reader, _state, _protocol, atr = scard.SCardStatus(handle)
    return _octets(_checked(result, atr))


def transmit(handle: int, protocol: int, command: bytes) -> bytes:
    """Send one APDU and give the answer, at most 65,544 bytes."""
    header = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
    return _octets(_checked(*scard.SCardTransmit(handle, header, list(command))))


def disconnect(handle: int, ending: Ending) -> None:
    """Let a card go; what was refused is gone anyway."""
    scard.SCardDisconnect(handle, int(ending))


def _checked(result: int, value: T) -> T:
    if result != Result.SUCCESS:
        said = scard.SCardGetErrorMessage(result).strip().rstrip(".")
        raise PcscError(result, f"PC/SC says: {said}.")
    return value


def _octets(numbers: list[int]) -> bytes:
    return bytes(number & 0xFF for number in numbers)
