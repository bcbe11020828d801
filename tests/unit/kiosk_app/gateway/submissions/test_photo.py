"""A photo goes through without what tells of its maker; what is no photo does not."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from kiosk_app.gateway.submissions.photo import PhotoRefused, bare_photo

PNG = b"\x89PNG\r\n\x1a\n"
SECRET = b"secret place of the maker"


def jpeg(*, progressive: bool = False) -> bytes:
    picture = Image.effect_noise((40, 30), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    file = io.BytesIO()
    picture.save(
        file, "JPEG", exif=exif, comment=SECRET, progressive=progressive, restart_marker_blocks=2
    )
    return file.getvalue()


def png(mode: str = "RGB") -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    file = io.BytesIO()
    Image.effect_noise((40, 30), 90).convert(mode).save(file, "PNG", pnginfo=notes)
    return file.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int = 1, height: int = 1, rest: bytes = b"\x08\x00\x00\x00\x00") -> bytes:
    return chunk(b"IHDR", struct.pack(">II", width, height) + rest)


def small_png(*between: bytes, head: bytes = b"", pixels: bytes = b"\x00\x00") -> bytes:
    data = chunk(b"IDAT", zlib.compress(pixels))
    return PNG + (head or header()) + b"".join(between) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_is_the_same_picture_without_its_maker(progressive: bool) -> None:  # noqa: FBT001 - a parameter of the test
    whole = jpeg(progressive=progressive)
    bare, kind = bare_photo(whole + b"hidden behind the end")
    assert kind == "image/jpeg"
    assert SECRET in whole
    assert SECRET not in bare
    assert b"hidden" not in bare
    assert b"Exif" not in bare
    with Image.open(io.BytesIO(bare)) as after, Image.open(io.BytesIO(whole)) as before:
        assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_png_is_the_same_picture_without_its_maker(mode: str) -> None:
    whole = png(mode)
    bare, kind = bare_photo(whole + b"hidden behind the end")
    assert kind == "image/png"
    assert SECRET in whole
    assert SECRET not in bare
    assert b"hidden" not in bare
    with Image.open(io.BytesIO(bare)) as after, Image.open(io.BytesIO(whole)) as before:
        assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg onload='x'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",  # no picture
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8\xff\xe0\xff\xff",
        b"\xff\xd8\xff\xff\xff\xff",
        b"\xff\xd8\xff\xc0\x00\x04\x08\x00\xff\xd9",  # a frame too short
        b"\xff\xd8\xff\xc0\x00\x0b\x0c\x00\x01\x00\x01\x01\x00\x00\x00",  # twelve bits a sample
        b"\xff\xd8\xff\xc3\x00\x0b\x08\x00\x01\x00\x01\x01\x00\x00\x00",  # lossless
        b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x00\x00\x00",  # a bomb
        b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x00\x00\x01\x01\x00\x00\x00",  # no height
        PNG,
        PNG + b"\x00\x00",
        PNG + header()[:-1],
        PNG + chunk(b"IEND", b""),
        PNG + header() + header(),
        PNG + header()[:-4] + b"\x00\x00\x00\x00",
        PNG + chunk(b"IHDR", b"\x00"),
        small_png(head=header(60_000, 60_000)),
        small_png(head=header(0, 1)),
        small_png(head=header(rest=b"\x03\x00\x00\x00\x00")),
        small_png(head=header(rest=b"\x08\x05\x00\x00\x00")),
        small_png(head=header(rest=b"\x08\x00\x01\x00\x00")),
        small_png(head=header(rest=b"\x08\x00\x00\x01\x00")),
        small_png(head=header(rest=b"\x08\x00\x00\x00\x01")),  # interlaced
        small_png(chunk(b"EVIL", b"")),  # critical, unknown
        small_png(chunk(b"PLTE", b"\x00" * 769)),
        small_png(pixels=b"\x00" * 100_000_000),  # a bomb
        small_png(pixels=b"\x00"),
        PNG + header() + chunk(b"IDAT", b"no zlib") + chunk(b"IEND", b""),
        PNG + header() + chunk(b"IDAT", zlib.compress(b"\x00\x00") + b"x") + chunk(b"IEND", b""),
        PNG + header() + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"x"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoRefused):
        bare_photo(data)


def test_scan_without_an_end_is_refused() -> None:
    whole = jpeg()
    with pytest.raises(PhotoRefused, match="too early"):
        bare_photo(whole[:-2])


@given(where=st.integers(0, 2000), what=st.binary(min_size=0, max_size=8), png_file=st.booleans())
def test_damage_is_refused_or_harmless(where: int, what: bytes, png_file: bool) -> None:  # noqa: FBT001 - drawn
    data = png("L") if png_file else jpeg()
    where %= len(data)
    try:
        bare_photo(data[:where] + what + data[where + len(what) :])
    except PhotoRefused:
        return
