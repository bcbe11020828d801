"""Hostile programme documents: forged, replaced, deep, huge and random ones are refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playlists import ProgrammeError, encode_programme, parse_programme
from signage_player.cache import BadProgramme, Cache
from tests.unit.playlists.documents import encoded


def test_document_other_than_the_announced_one(tmp_path: Path) -> None:
    path = tmp_path / "current.json"
    path.write_bytes(encoded())
    with pytest.raises(BadProgramme, match="not the document that was announced"):
        Cache(path).read_programme(path, "0" * 64)


def test_endless_document_is_not_read_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(BadProgramme, match="bytes"):
        Cache(tmp_path / "current.json").read_programme(Path("/dev/zero"))


def test_missing_document_is_named(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "current.json")
    assert cache.stamp() is None
    with pytest.raises(BadProgramme, match=r"current\.json"):
        cache.read_programme()


def test_blob_name_that_leaves_the_directory() -> None:
    with pytest.raises(ProgrammeError, match="blob"):
        parse_programme(encoded().replace(b"a" * 64, b"../" * 21 + b"a"))


def test_number_that_is_infinite_after_reading() -> None:
    with pytest.raises(ProgrammeError, match="width"):
        parse_programme(encoded().replace(b'"width": 100', b'"width": 1e999'))


def test_number_with_a_million_digits() -> None:
    with pytest.raises(ProgrammeError):
        parse_programme(encoded().replace(b'"version": 1', b'"version": ' + b"9" * 500_000))


@given(st.binary(max_size=400))
def test_random_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(ProgrammeError):
        parse_programme(data)


@given(st.integers(0, 1500), st.binary(min_size=1, max_size=3))
def test_changed_documents_are_refused_or_read_whole(place: int, new: bytes) -> None:
    data = bytearray(encoded())
    data[place : place + len(new)] = new
    try:
        found = parse_programme(bytes(data))
    except ProgrammeError:
        return
    assert parse_programme(encode_programme(found)) == found
