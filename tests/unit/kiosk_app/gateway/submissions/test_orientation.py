"""Of Exif only how the photo was held goes through; whatever else it says, or hides, does not."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from kiosk_app.gateway.submissions.orientation import orientation_in, orientation_segment
from kiosk_app.gateway.submissions.photo import bare_photo

PLACE = "secret place of the maker"


def held(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, PLACE
    file = io.BytesIO()
    Image.effect_noise((40, 30), 90).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_stands_as_it_was_held_and_tells_nothing_else(orientation: int) -> None:
    whole = held(orientation)
    bare, _ = bare_photo(whole)
    assert PLACE.encode() in whole
    assert PLACE.encode() not in bare
    with Image.open(io.BytesIO(whole)) as before, Image.open(io.BytesIO(bare)) as after:
        assert dict(after.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
        assert ImageOps.exif_transpose(after).tobytes() == ImageOps.exif_transpose(before).tobytes()
    assert bare_photo(bare)[0] == bare


def test_second_exif_is_dropped() -> None:
    whole = held(6)
    twice = whole[:2] + orientation_segment(3) + whole[2:]
    with Image.open(io.BytesIO(bare_photo(twice)[0])) as after:
        assert dict(after.getexif()) == {0x0112: 3}


def segment(order: str, *entries: tuple[int, int, int, int], start: int = 8) -> bytes:
    head = b"II*\x00" if order == "<" else b"MM\x00*"
    rows = b"".join(struct.pack(f"{order}HHIHH", *entry, 0) for entry in entries)
    body = head + struct.pack(f"{order}IH", start, len(entries)) + rows
    return b"\xff\xe1\x00\x00Exif\x00\x00" + body


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (segment("<", (0x010F, 3, 1, 5), (0x0112, 3, 1, 8)), 8),
        (segment(">", (0x0112, 3, 1, 6)), 6),
        (segment(">", (0x0112, 3, 1, 9)), 1),
        (segment(">", (0x0112, 3, 1, 0)), 1),
        (segment(">", (0x0112, 4, 1, 6)), 1),
        (segment(">", (0x0112, 3, 1, 6), start=0xFFFFFFF0), 1),
        (segment(">"), 1),
        (segment(">", (0x0112, 3, 1, 6))[:-6], 1),
        (b"\xff\xe1\x00\x00http://ns.adobe.com/xap/1.0/", 1),
        (b"\xff\xe1\x00\x00Exif\x00\x00XX*\x00", 1),
        (b"", 1),
    ],
)
def test_what_cannot_be_read_is_upright(data: bytes, found: int) -> None:
    assert orientation_in(data) == found


@given(st.binary(max_size=80), st.sampled_from([b"II*\x00", b"MM\x00*"]))
def test_any_bytes_give_a_number_from_one_to_eight(data: bytes, head: bytes) -> None:
    assert orientation_in(b"\xff\xe1\x00\x00Exif\x00\x00" + head + data) in range(1, 9)
