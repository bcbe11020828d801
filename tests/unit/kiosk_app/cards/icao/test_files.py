"""Reading elementary files, with answers of a script."""

from collections.abc import Callable

import pytest

from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.icao import files
from kiosk_app.cards.icao.data_groups import parse_dg1
from kiosk_app.cards.mrz import MrzError


def holding(content: bytes, most: int = 256) -> Callable[[Command], Response]:
    def send(command: Command) -> Response:
        if command.ins == 0xA4:
            return Response(b"", 0x9000)
        offset, le = command.p1 << 8 | command.p2, min(command.le or 0, most)
        data = content[offset : offset + le]
        return Response(data, 0x9000 if len(data) == command.le else 0x6282)

    return send


@pytest.mark.parametrize("size", [0, 10, 0xDF, 1000])
@pytest.mark.parametrize("most", [256, 100])
def test_a_file_is_read_whole_and_no_more(size: int, most: int) -> None:
    content = b"\x6e\x82" + size.to_bytes(2, "big") + bytes(size)
    assert files.read_file(holding(content + b"rest", most), files.DG14) == content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot be read at 0"),
        (b"\x6e", "before its length"),
        (b"\x6e\x83\xff\xff\xff", "limit"),
        (b"\x61\x00", "begin with its tag"),
        (b"\x6e\x05\x00", "cannot be read at 3"),
    ],
)
def test_a_bad_file_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(files.FileError, match=sentence):
        files.read_file(holding(content), files.DG14)


def test_a_file_in_crumbs_is_refused() -> None:
    content = b"\x6e\x82\x10\x00" + bytes(4096)
    with pytest.raises(files.FileError, match="small pieces"):
        files.read_file(holding(content, 4), files.DG14)


def test_more_bytes_than_asked_are_refused() -> None:
    def send(command: Command) -> Response:
        return Response(bytes(300) if command.ins == 0xB0 else b"", 0x9000)

    with pytest.raises(files.FileError):
        files.read_file(send, files.DG14)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(files.FileError, match=r"EF\.SOD cannot be selected \(status 6A82\)"):
        files.read_file(lambda _command: Response(b"", 0x6A82), files.SOD)


def test_a_zone_with_foreign_bytes_is_refused() -> None:
    with pytest.raises(MrzError):
        parse_dg1(b"\x61\x04\x5f\x1f\x01\xff")
