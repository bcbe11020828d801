"""Elementary files of an ICAO chip (Doc 9303 part 10): selects and reads; knows no content."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_READ_BINARY,
    INS_SELECT,
    SW,
    Command,
    Response,
)

APPLICATION = bytes.fromhex("A0000002471001")
BLOCK = 0xDF
_BY_NAME, _BY_ID, _NO_ANSWER = 0x04, 0x02, 0x0C
_MAX_READS = 400
_GIVEN = {SW.OK, SW.END_OF_FILE}

Send = Callable[[Command], Response]


class FileError(ValueError):
    """A file is not there, may not be read, or is not what it says."""


@dataclass(frozen=True, slots=True)
class ElementaryFile:
    """A file: its identifier, the tag of its content, and the most bytes it may have."""

    name: str
    identifier: int
    tag: int
    limit: int


CARD_ACCESS = ElementaryFile("EF.CardAccess", 0x011C, 0x31, 4096)
DG1 = ElementaryFile("EF.DG1", 0x0101, 0x61, 512)
DG14 = ElementaryFile("EF.DG14", 0x010E, 0x6E, 8192)
SOD = ElementaryFile("EF.SOD", 0x011D, 0x77, 32_000)


def select_master_file() -> Command:
    """Make the command that goes back to where EF.CardAccess lies."""
    return Command(CLA_PLAIN, INS_SELECT, 0, _NO_ANSWER, b"\x3f\x00")


def select_application() -> Command:
    """Make the command that selects the eMRTD application."""
    return Command(CLA_PLAIN, INS_SELECT, _BY_NAME, _NO_ANSWER, APPLICATION)


def select_file(file: ElementaryFile) -> Command:
    """Make the command that selects a file of the current application."""
    identifier = file.identifier.to_bytes(2, "big")
    return Command(CLA_PLAIN, INS_SELECT, _BY_ID, _NO_ANSWER, identifier)


def read_binary(offset: int, length: int) -> Command:
    """Make the command that reads from the current file; the offset is below 32,768."""
    return Command(CLA_PLAIN, INS_READ_BINARY, offset >> 8, offset & 0xFF, le=length)


def read_file(send: Send, file: ElementaryFile, block: int = BLOCK) -> bytes:
    """Select and read a file whole, with tag and length.

    Args:
        send: sends one command and gives the answer.
        file: which one.
        block: the most bytes to ask for in one command.

    Raises:
        FileError: refused, cut off, longer than its limit, or given in crumbs.
    """
    selected = send(select_file(file))
    if not selected.ok:
        raise FileError(f"{file.name} cannot be selected (status {selected.sw:04X}).")
    data = _read(send, file, 0, block)
    total = _total(data, file)
    for _ in range(_MAX_READS):
        if len(data) >= total:
            return data[:total]
        data += _read(send, file, len(data), min(block, total - len(data)))
    raise FileError(f"{file.name} comes in too small pieces.")


def _read(send: Send, file: ElementaryFile, offset: int, length: int) -> bytes:
    answer = send(read_binary(offset, length))
    if answer.sw not in _GIVEN or not 0 < len(answer.data) <= length:
        raise FileError(f"{file.name} cannot be read at {offset} (status {answer.sw:04X}).")
    return answer.data


def _total(data: bytes, file: ElementaryFile) -> int:
    try:
        header = tlv.parse_header(data, file.limit)
    except tlv.TlvError as error:
        raise FileError(f"{file.name}: {error}") from error
    if header.tag != file.tag:
        raise FileError(f"{file.name} does not begin with its tag.")
    return header.total
