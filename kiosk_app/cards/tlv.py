"""BER-TLV of ISO/IEC 7816-4 annex E with limits; knows no tag's meaning."""

from dataclasses import dataclass

MAX_LENGTH = 65_535
_MAX_ELEMENTS = 256
_MAX_TAG_BYTES = 3
_LONG_TAG = 0x1F
_MORE = 0x80
_INDEFINITE = 0x80


class TlvError(ValueError):
    """The bytes are not the BER-TLV that was announced."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object: its tag (with the class bits, as printed in the standards) and its value."""

    tag: int
    value: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """Tag, number of header bytes and number of value bytes."""

    tag: int
    size: int
    length: int

    @property
    def total(self) -> int:
        """Header and value together, in bytes."""
        return self.size + self.length


def encode(tag: int, value: bytes) -> bytes:
    """Encode one data object in the shortest form."""
    tag_bytes = tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big")
    return tag_bytes + encode_length(len(value)) + value


def encode_length(length: int) -> bytes:
    """Encode a length in the shortest form."""
    if length < _MORE:
        return bytes((length,))
    body = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((_MORE | len(body),)) + body


def parse_header(data: bytes, limit: int = MAX_LENGTH) -> Header:
    """Read tag and length at the beginning of ``data``; the value need not be there.

    Raises:
        TlvError: cut off, indefinite, or longer than ``limit`` bytes.
    """
    tag, size = _parse_tag(data)
    if size >= len(data):
        raise TlvError(f"The data object {tag:X} ends before its length.")
    length, width = _parse_length(data[size:])
    if length > limit:
        raise TlvError(f"The data object {tag:X} claims {length} bytes; the limit is {limit}.")
    return Header(tag, size + width, length)


def _parse_tag(data: bytes) -> tuple[int, int]:
    if not data:
        raise TlvError("A data object was expected and there is nothing.")
    size = 1
    if data[0] & _LONG_TAG == _LONG_TAG:
        size = 2
        while size <= len(data) and data[size - 1] & _MORE:
            size += 1
    if size > min(len(data), _MAX_TAG_BYTES):
        raise TlvError("A tag is cut off or longer than three bytes.")
    return int.from_bytes(data[:size], "big"), size


def _parse_length(data: bytes) -> tuple[int, int]:
    first = data[0]
    if first < _MORE:
        return first, 1
    width = first & 0x7F
    if first == _INDEFINITE or width > 3 or len(data) <= width:  # noqa: PLR2004 - 16 MB is plenty
        raise TlvError("A length is indefinite, cut off or longer than three bytes.")
    return int.from_bytes(data[1 : 1 + width], "big"), 1 + width


def parse(data: bytes, limit: int = MAX_LENGTH) -> tuple[Tlv, ...]:
    """Read the data objects that fill ``data`` exactly, without looking into them.

    Raises:
        TlvError: they do not fill it exactly, or there are more than 256.
    """
    found: list[Tlv] = []
    offset = 0
    while offset < len(data):
        if len(found) == _MAX_ELEMENTS:
            raise TlvError("There are more than 256 data objects in one.")
        header = parse_header(data[offset : offset + 8], limit)
        end = offset + header.total
        if end > len(data):
            raise TlvError(f"The data object {header.tag:X} is cut off.")
        found.append(Tlv(header.tag, data[offset + header.size : end]))
        offset = end
    return tuple(found)


def value_of(data: bytes, *path: int) -> bytes:
    """Follow a path of tags through nested data objects and give the last one's value.

    Raises:
        TlvError: a tag of the path is not there.
    """
    for tag in path:
        match = next((element for element in parse(data) if element.tag == tag), None)
        if match is None:
            raise TlvError(f"The data object {tag:X} is missing.")
        data = match.value
    return data
