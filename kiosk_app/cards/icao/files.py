"""Elementary files of an ICAO chip (Doc 9303 part 10): selects and reads; knows no content."""

from dataclasses import dataclass

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_READ_BINARY,
    INS_SELECT,
    SW,
    Command,
    Send,
)

APPLICATION = bytes.fromhex("A0000002471001")
BLOCK = 0xDF
_BY_NAME, _BY_ID, _NO_ANSWER = 0x04, 0x02, 0x0C
_MAX_READS = 400
_SHORT_IDENTIFIER, _SHORT_MASK = 0x80, 0x1F
_GIVEN = {SW.OK, SW.END_OF_FILE}


class FileError(ValueError):
    """A file may not be read, or is not what it says."""


class FileMissingError(FileError):
    """The chip does not let the file be selected: it has none, or hides it."""


@dataclass(frozen=True, slots=True)
class ElementaryFile:
    """A file: its identifier, the tag of its content, and the most bytes it may have."""

    name: str
    identifier: int
    tag: int
    limit: int


CARD_ACCESS = ElementaryFile("EF.CardAccess", 0x011C, 0x31, 4096)
CARD_SECURITY = ElementaryFile("EF.CardSecurity", 0x011D, 0x30, 16_000)
DG1 = ElementaryFile("EF.DG1", 0x0101, 0x61, 512)
DG14 = ElementaryFile("EF.DG14", 0x010E, 0x6E, 8192)
DG15 = ElementaryFile("EF.DG15", 0x010F, 0x6F, 4096)
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


def read_by_short_identifier(file: ElementaryFile, length: int) -> Command:
    """Make the command that selects a file of the current application and reads its beginning."""
    place = _SHORT_IDENTIFIER | file.identifier & _SHORT_MASK
    return Command(CLA_PLAIN, INS_READ_BINARY, place, 0, le=length)


def read_atr_info(send: Send) -> bytes:
    """Read what EF.ATR/INFO of the master file says; empty where there is none."""
    if not send(Command(CLA_PLAIN, INS_SELECT, _BY_ID, _NO_ANSWER, b"\x2f\x01")).ok:
        return b""
    answer = send(read_binary(0, BLOCK))
    return answer.data if answer.sw in _GIVEN else b""


def read_optional_file(send: Send, file: ElementaryFile, block: int = BLOCK) -> bytes | None:
    """Read a file as ``read_file`` does; None where the chip has none.

    Raises:
        FileError: as ``read_file``.
    """
    try:
        return read_file(send, file, block)
    except FileMissingError:
        return None


def read_file(send: Send, file: ElementaryFile, block: int = BLOCK) -> bytes:
    """Select and read a file whole, with tag and length.

    The first answer is a short one; what then is left of a big file is read in blocks as asked
    for, or in short ones when the chip refuses the length.

    Args:
        send: sends one command and gives the answer.
        file: which one.
        block: the most bytes to ask for in one command.

    Raises:
        FileMissingError: it cannot be selected.
        FileError: refused, cut off, longer than its limit, or given in crumbs.
    """
    selected = send(select_file(file))
    if not selected.ok:
        raise FileMissingError(f"{file.name} cannot be selected (status {selected.sw:04X}).")
    data = _read(send, file, 0, min(block, BLOCK))
    total = _total(data, file)
    for _ in range(_MAX_READS):
        if len(data) >= total:
            return data[:total]
        length = min(block, total - len(data))
        if length > BLOCK:
            more = _read_long(send, len(data), length)
            block = block if more else BLOCK
            data += more
        else:
            data += _read(send, file, len(data), length)
    raise FileError(f"{file.name} comes in too small pieces.")


def _read(send: Send, file: ElementaryFile, offset: int, length: int) -> bytes:
    answer = send(read_binary(offset, length))
    if answer.sw not in _GIVEN or not 0 < len(answer.data) <= length:
        raise FileError(f"{file.name} cannot be read at {offset} (status {answer.sw:04X}).")
    return answer.data


def _read_long(send: Send, offset: int, length: int) -> bytes:
    """Read with extended length; empty when the chip refuses it."""
    answer = send(read_binary(offset, length))
    return answer.data if answer.sw in _GIVEN and len(answer.data) <= length else b""


def _total(data: bytes, file: ElementaryFile) -> int:
    try:
        header = tlv.parse_header(data, file.limit)
    except tlv.TlvError as error:
        raise FileError(f"{file.name}: {error}") from error
    if header.tag != file.tag:
        raise FileError(f"{file.name} does not begin with its tag.")
    return header.total
