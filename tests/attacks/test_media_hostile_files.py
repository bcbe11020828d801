"""Hostile media: swapped, endless, forged and oversized files are refused, never shown."""

import hashlib
import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize

from playlists import Blob, Sha256
from signage_player.cache import MAX_IN_MEMORY, BadBlob, Cache
from signage_player.outputs.image_output import MAX_SIDE, BadPicture, decode

SCREEN = QSize(640, 360)


def _cache(tmp_path: Path, data: bytes, length: int | None = None) -> tuple[Cache, Blob, Path]:
    sha256 = Sha256(hashlib.sha256(data).hexdigest())
    path = tmp_path / "blobs" / sha256
    path.parent.mkdir()
    path.write_bytes(data)
    blob = Blob(sha256, length or len(data), "image/png")
    return Cache(tmp_path / "current.json"), blob, path


def _png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def test_blob_swapped_between_two_showings(tmp_path: Path) -> None:
    cache, blob, path = _cache(tmp_path, b"good")
    cache.open_checked(blob).close()
    path.unlink()
    path.write_bytes(b"evil")
    with pytest.raises(BadBlob, match="not what the programme pins"):
        cache.open_checked(blob)
    with pytest.raises(BadBlob, match="not what the programme pins"):
        cache.read(blob)


def test_blob_swapped_between_check_and_play(tmp_path: Path) -> None:
    cache, blob, path = _cache(tmp_path, b"good")
    with cache.open_checked(blob) as film:
        path.unlink()
        path.write_bytes(b"evil")
        assert Path(f"/proc/self/fd/{film.fileno()}").read_bytes() == b"good"


def test_blob_changed_in_place_with_its_time_set_back(tmp_path: Path) -> None:
    cache, blob, path = _cache(tmp_path, b"good")
    cache.open_checked(blob).close()
    found = path.stat()
    path.write_bytes(b"evil")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    with pytest.raises(BadBlob, match="not what the programme pins"):
        cache.open_checked(blob)


def test_check_of_a_huge_blob_does_not_hold_up_the_end(tmp_path: Path) -> None:
    cache, blob, _ = _cache(tmp_path, b"good")
    cache.close()
    with pytest.raises(BadBlob, match="the player ends"):
        cache.open_checked(blob)


def test_strip_that_would_cover_the_screen_a_thousand_times() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (MAX_SIDE, 1), "red").save(stream, "PNG")
    for cover in (True, False):
        image = decode(stream.getvalue(), "image/png", SCREEN, cover=cover)
        assert image.width() <= SCREEN.width()
        assert image.height() <= SCREEN.height()


def test_blob_with_more_bytes_behind_the_pinned_ones(tmp_path: Path) -> None:
    cache, blob, path = _cache(tmp_path, b"good")
    path.write_bytes(b"good" + b"x" * 100_000)
    for use in (cache.open_checked, cache.read):
        with pytest.raises(BadBlob):
            use(blob)


def test_missing_blob_is_named(tmp_path: Path) -> None:
    cache, blob, path = _cache(tmp_path, b"good")
    path.unlink()
    for use in (cache.open_checked, cache.read):
        with pytest.raises(BadBlob, match=blob.sha256[:12]):
            use(blob)


def test_image_that_would_fill_the_memory(tmp_path: Path) -> None:
    cache, blob, _ = _cache(tmp_path, b"good", MAX_IN_MEMORY + 1)
    with pytest.raises(BadBlob, match="too many"):
        cache.read(blob)


def test_picture_whose_header_promises_a_gigabyte() -> None:
    with pytest.raises(BadPicture):
        decode(_png_header(20_000, 20_000), "image/png", SCREEN, cover=False)


def test_picture_larger_than_any_screen() -> None:
    stream = io.BytesIO()
    Image.new("L", (MAX_SIDE + 1, 2)).save(stream, "PNG")
    with pytest.raises(BadPicture, match="pixels"):
        decode(stream.getvalue(), "image/png", SCREEN, cover=False)


def test_picture_of_another_format_than_announced() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (20, 20)).save(stream, "JPEG")
    with pytest.raises(BadPicture):
        decode(stream.getvalue(), "image/png", SCREEN, cover=False)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\xff\xd8\xff", _png_header(10, 10)])
def test_bytes_that_are_not_the_announced_picture(data: bytes) -> None:
    with pytest.raises(BadPicture):
        decode(data, "image/png", SCREEN, cover=False)


def test_picture_format_that_the_programme_cannot_pin() -> None:
    with pytest.raises(BadPicture):
        decode(b"P6 1 1 255 abc", "image/x-portable-pixmap", SCREEN, cover=False)
