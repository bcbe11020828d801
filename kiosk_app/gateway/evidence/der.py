"""DER (ITU-T X.690) with limits, as much as CMS and X.509 need; knows no structure's meaning.

Lengths may be longer than need be, as some chips write them: a signature is checked over the bytes
as they stand, and nothing is ever encoded anew.
"""

from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x02, 0x03, 0x04, 0x05, 0x06
PRINTABLE_STRING, SEQUENCE, SET = 0x13, 0x30, 0x31
CONTEXT_0, CONTEXT_1, CONTEXT_2, CONTEXT_3 = 0xA0, 0xA1, 0xA2, 0xA3
CONTEXT_0_PLAIN = 0x80

MAX_ELEMENTS = 64
_LONG_TAG, _MORE, _MAX_WIDTH = 0x1F, 0x80, 4
_SHORTEST = 2


class DerError(ValueError):
    """The bytes are not the DER that was announced."""


@dataclass(frozen=True, slots=True)
class Node:
    """One data object: its tag, its value, and both with the length between them."""

    tag: int
    value: bytes
    raw: bytes


def nodes(data: bytes, most: int = MAX_ELEMENTS) -> tuple[Node, ...]:
    """Read the data objects that fill ``data`` exactly, without looking into them.

    Raises:
        DerError: they do not fill it, or are more than ``most``.
    """
    found: list[Node] = []
    at = 0
    while at < len(data):
        if len(found) == most:
            raise DerError("There are more data objects than there may be.")
        start, end = _bounds(data, at)
        found.append(Node(data[at], data[start:end], data[at:end]))
        at = end
    return tuple(found)


def _bounds(data: bytes, at: int) -> tuple[int, int]:
    """Where the value of the data object at ``at`` begins and ends."""
    if len(data) - at < _SHORTEST or data[at] & _LONG_TAG == _LONG_TAG:
        raise DerError("A data object is cut off, or has a long tag.")
    length, start = data[at + 1], at + 2
    if length & _MORE:
        width = length & 0x7F
        if not 0 < width <= _MAX_WIDTH or start + width > len(data):
            raise DerError("A length is indefinite, cut off or too long.")
        length = int.from_bytes(data[start : start + width], "big")
        start += width
    if start + length > len(data):
        raise DerError("A data object is cut off.")
    return start, start + length


def only(data: bytes, tag: int) -> Node:
    """Read the one data object of that tag that ``data`` is.

    Raises:
        DerError: it is something else.
    """
    found = nodes(data, 1)
    if not found or found[0].tag != tag:
        raise DerError(f"A data object {tag:02X} was expected.")
    return found[0]


def inside(data: bytes, tag: int, most: int = MAX_ELEMENTS) -> tuple[Node, ...]:
    """Read what lies in the one data object of that tag that ``data`` is.

    Raises:
        DerError: it is something else.
    """
    return nodes(only(data, tag).value, most)


class Fields:
    """The data objects of a sequence, taken one after the other."""

    def __init__(self, found: tuple[Node, ...]) -> None:
        self._left = list(reversed(found))

    def take(self, *tags: int) -> Node:
        """Take the next one, which has one of those tags.

        Raises:
            DerError: it is missing or another one.
        """
        found = self.perhaps(*tags)
        if found is None:
            raise DerError("A data object is missing, or stands at a wrong place.")
        return found

    def perhaps(self, *tags: int) -> Node | None:
        """Take the next one if it has one of those tags."""
        if self._left and self._left[-1].tag in tags:
            return self._left.pop()
        return None

    def end(self) -> None:
        """Be at the end.

        Raises:
            DerError: something follows.
        """
        if self._left:
            raise DerError("A sequence goes on after its end.")


def fields(data: bytes, tag: int = SEQUENCE) -> Fields:
    """Open the one data object of that tag that ``data`` is.

    Raises:
        DerError: it is something else.
    """
    return Fields(inside(data, tag))


def number(node: Node) -> int:
    """Read an INTEGER that is not negative and fits into 20 bytes (RFC 5280 section 4.1.2.2).

    Raises:
        DerError: it is none.
    """
    if node.tag != INTEGER or not 0 < len(node.value) <= 21 or node.value[0] & _MORE:  # noqa: PLR2004 - 20 and a sign
        raise DerError("A number is negative, empty or too long.")
    return int.from_bytes(node.value, "big")
