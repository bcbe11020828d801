"""A photo is let through as it is, without anything that tells of its maker. Pure.

JPEG (ITU-T T.81 annex B) and PNG (W3C PNG, third edition) are taken apart into their segments and
chunks, and put together from those alone that carry the picture: no place, no thumbnail, no
comment, nothing behind the end; of Exif only how the photo was held, written anew. Pixels are not
decoded here: that is left to those who look.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from kiosk_app.gateway.submissions.orientation import (
    UPRIGHT,
    orientation_in,
    orientation_segment,
)

MAX_PIXELS: Final = 25_000_000
_MAX_SIDE: Final = 10_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_SOI: Final = b"\xff\xd8"
_EOI: Final = 0xD9
_SOS: Final = 0xDA
_APP1: Final = 0xE1
_DQT: Final = 0xDB
_DRI: Final = 0xDD
_DHT: Final = 0xC4
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended sequential and progressive, all with Huffman coding."""
_KEPT_SEGMENTS: Final = _FRAMES | {_DQT, _DRI, _DHT, _SOS}
_BEHIND_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7]")
"""A marker; FF 00 and the restart markers belong to the entropy-coded data (T.81 table B.1)."""
_MARKER: Final = 2
_FRAME_HEADER: Final = struct.Struct(">BHH")
_PNG_HEADER: Final = struct.Struct(">IIBBBBB")
_CHUNK_HEADER: Final = struct.Struct(">I4s")
_CHECK: Final = struct.Struct(">I")
_LONGEST: Final = {b"PLTE": 768, b"tRNS": 256, b"IDAT": 1 << 31, b"IEND": 0}
"""The chunks that carry the picture, and how long each may be."""
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples a pixel by PNG colour type."""
_DEPTHS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}


class PhotoRefused(ValueError):  # noqa: N818 - an answer to the person, not a mistake of ours
    """These bytes are no photo that is let through; one sentence."""


def bare_photo(data: bytes) -> tuple[bytes, str]:
    """The picture alone, and its media type.

    Raises:
        PhotoRefused: neither JPEG nor PNG, damaged, or too large.
    """
    if data.startswith(_PNG):
        return _PNG + b"".join(_png_chunks(data)), "image/png"
    if data.startswith(_JPEG):
        return _SOI + b"".join(_jpeg_segments(data)), "image/jpeg"
    raise PhotoRefused("a photo is a JPEG or a PNG file")


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at, seen = len(_SOI), set[int]()
    while True:
        marker = _marker(data, at)
        if marker == _EOI:
            break
        end = at + _MARKER + _length(data, at + _MARKER)
        segment = data[at:end]
        if marker == _APP1 and _APP1 not in seen and orientation_in(segment) != UPRIGHT:
            yield orientation_segment(orientation_in(segment))
        if marker in _FRAMES:
            _check_frame(segment)
        elif marker in {0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xD0)}:
            raise PhotoRefused("the JPEG is of an uncommon kind")
        at = end
        if marker == _SOS:
            at = _end_of_scan(data, end)
            segment += data[end:at]
        if marker in _KEPT_SEGMENTS:
            yield segment
        seen.add(marker)
    if _SOS not in seen or len(seen & _FRAMES) != 1:
        raise PhotoRefused("the JPEG has no picture")
    yield bytes((0xFF, _EOI))


def _marker(data: bytes, at: int) -> int:
    head = data[at : at + _MARKER]
    if len(head) != _MARKER or head[0] != 0xFF or head[1] in {0x00, 0xFF}:  # noqa: PLR2004 - T.81 B.1.1.3
        raise PhotoRefused("the JPEG is damaged")
    return head[1]


def _length(data: bytes, at: int) -> int:
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2 or at + length > len(data):  # noqa: PLR2004 - the length counts its own two bytes
        raise PhotoRefused("the JPEG is damaged")
    return length


def _check_frame(segment: bytes) -> None:
    header = segment[_MARKER + 2 :]
    if len(header) < _FRAME_HEADER.size:
        raise PhotoRefused("the JPEG is damaged")
    depth, height, width = _FRAME_HEADER.unpack_from(header)
    if depth != 8:  # noqa: PLR2004 - bits a sample
        raise PhotoRefused("the JPEG is of an uncommon kind")
    _check_size(width, height)


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the first marker behind entropy-coded data stands."""
    found = _BEHIND_SCAN.search(data, at)
    if found is None:
        raise PhotoRefused("the JPEG ends too early")
    return found.start()


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE and width * height <= MAX_PIXELS):
        raise PhotoRefused("the photo has too many pixels, or none")


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at, compressed, expected = len(_PNG), bytearray(), 0
    while True:
        kind, body, chunk = _chunk(data, at)
        if (kind == b"IHDR") != (at == len(_PNG)):
            raise PhotoRefused("the PNG is damaged")
        at += len(chunk)
        if kind == b"IHDR":
            expected = _check_header(body)
            yield chunk
        elif kind in _LONGEST:
            if len(body) > _LONGEST[kind]:
                raise PhotoRefused("the PNG is damaged")
            if kind == b"IEND":
                break
            if kind == b"IDAT":
                compressed += body
            yield chunk
        elif not kind[0] & 0x20:
            raise PhotoRefused("the PNG has a critical chunk that is not known")
    _check_pixels(bytes(compressed), expected)
    yield chunk


def _chunk(data: bytes, at: int) -> tuple[bytes, bytes, bytes]:
    if at + _CHUNK_HEADER.size > len(data):
        raise PhotoRefused("the PNG ends too early")
    length, kind = _CHUNK_HEADER.unpack_from(data, at)
    end = at + _CHUNK_HEADER.size + length + _CHECK.size
    if end > len(data):
        raise PhotoRefused("the PNG ends too early")
    body = data[at + _CHUNK_HEADER.size : end - _CHECK.size]
    if _CHECK.unpack_from(data, end - _CHECK.size)[0] != zlib.crc32(kind + body):
        raise PhotoRefused("the PNG is damaged")
    return kind, body, data[at:end]


def _check_header(body: bytes) -> int:
    """The bytes that the pixels take, unpacked and filtered."""
    if len(body) != _PNG_HEADER.size:
        raise PhotoRefused("the PNG is damaged")
    width, height, depth, colour, compression, filtering, interlace = _PNG_HEADER.unpack(body)
    _check_size(width, height)
    if depth not in _DEPTHS.get(colour, set()) or compression or filtering:
        raise PhotoRefused("the PNG is damaged")
    if interlace:
        raise PhotoRefused("the PNG is of an uncommon kind")
    return int(height * (1 + (width * depth * _SAMPLES[colour] + 7) // 8))


def _check_pixels(compressed: bytes, expected: int) -> None:
    unpacking, length, rest = zlib.decompressobj(), 0, compressed
    try:
        while rest and length <= expected and not unpacking.eof:
            length += len(unpacking.decompress(rest, 1 << 16))
            rest = unpacking.unconsumed_tail
    except zlib.error as error:
        raise PhotoRefused("the PNG is damaged") from error
    if length != expected or not unpacking.eof or unpacking.unused_data:
        raise PhotoRefused("the PNG is damaged")
