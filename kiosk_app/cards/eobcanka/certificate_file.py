"""Files of the contact chip that hold a certificate: selects and reads; looks into none."""

from dataclasses import dataclass

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import SW, Response
from kiosk_app.cards.eobcanka.card_data import NotSuchChipError, Send
from kiosk_app.cards.eobcanka.commands import (
    BLOCK,
    FILE_MANAGEMENT,
    read_binary,
    select_application,
    select_file,
)

MOST_BYTES = 8192
_SIZE = slice(4, 6)
_SEQUENCE = 0x30
_MAX_READS = 100


class CertificateFileError(ValueError):
    """A file cannot be read, or what it holds does not begin as a certificate does."""


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A file of the chip's file management."""

    name: str
    identifier: int


IDENTIFICATION = CertificateFile("The identification certificate", 0x0001)
AUTHORISATION = CertificateFile("The authorisation certificate", 0x0132)


def select_file_management(send: Send) -> None:
    """Go to where the certificates lie.

    Raises:
        NotSuchChipError: there is no such application.
    """
    if not send(select_application(FILE_MANAGEMENT)).ok:
        raise NotSuchChipError("The chip has no file management of an identity card.")


def read_certificate(send: Send, file: CertificateFile) -> bytes | None:
    """Read a file whole and give the certificate in it as DER; None: the chip has no such file.

    Raises:
        CertificateFileError: refused, cut off, longer than 8 KiB, or no certificate.
    """
    selected = send(select_file(file.identifier))
    if selected.sw == SW.FILE_NOT_FOUND:
        return None
    data = _read(send, file, _size(file, selected))
    try:
        header = tlv.parse_header(data, MOST_BYTES)
    except tlv.TlvError as error:
        raise CertificateFileError(f"{file.name}: {error}") from error
    if header.tag != _SEQUENCE or header.total > len(data):
        raise CertificateFileError(f"{file.name} is cut off or is none.")
    return data[: header.total]  # the file may be longer than what was written into it


def _size(file: CertificateFile, selected: Response) -> int:
    size = int.from_bytes(selected.data[_SIZE], "big")
    if not selected.ok or not 0 < size <= MOST_BYTES:
        raise CertificateFileError(
            f"{file.name} cannot be selected (status {selected.sw:04X}, {size} bytes)."
        )
    return size


def _read(send: Send, file: CertificateFile, size: int) -> bytes:
    data = b""
    for _ in range(_MAX_READS):
        length = min(BLOCK, size - len(data))
        answer = send(read_binary(len(data), length))
        if not answer.ok or not 0 < len(answer.data) <= length:
            raise CertificateFileError(
                f"{file.name} cannot be read at {len(data)} (status {answer.sw:04X})."
            )
        data += answer.data
        if len(data) == size:
            return data
    raise CertificateFileError(f"{file.name} comes in too small pieces.")
