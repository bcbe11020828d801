"""How a photo was held: the one entry of Exif that is kept, written anew. Pure.

Exif 2.32 (CIPA DC-008) section 4.6.4: tag 0x0112 of the first directory, 1 (upright) to 8.
"""

import struct
from typing import Final

UPRIGHT: Final = 1
_EXIF: Final = b"Exif\x00\x00"
_BODY: Final = 4 + len(_EXIF)
"""Where the TIFF structure begins in the segment: behind marker, length and name."""
_ORDERS: Final = {b"II*\x00": "<", b"MM\x00*": ">"}
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
_ENTRY: Final = 12
_MOST_ENTRIES: Final = 200


def orientation_in(segment: bytes) -> int:
    """The orientation in a whole APP1 segment; upright where there is none that can be read."""
    tiff = segment[_BODY:]
    order = _ORDERS.get(tiff[:4])
    if segment[4:_BODY] != _EXIF or order is None:
        return UPRIGHT
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(min(count, _MOST_ENTRIES)):
            tag, kind, values, value = struct.unpack_from(
                f"{order}HHIH", tiff, at + 2 + entry * _ENTRY
            )
            if (tag, kind, values) == (_ORIENTATION, _SHORT, 1):
                return int(value) if value in range(UPRIGHT, 9) else UPRIGHT
    except struct.error:
        return UPRIGHT
    return UPRIGHT


def orientation_segment(orientation: int) -> bytes:
    """An APP1 segment with that orientation and nothing else."""
    directory = struct.pack(">HHHIHHI", 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)
    body = _EXIF + b"MM\x00*" + struct.pack(">I", 8) + directory
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
