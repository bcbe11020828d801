"""Attacks by a release archive: nothing leaves the slot, the running slot stays as it is."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from device_agent.adapters import release_tar
from device_agent.adapters.release_tar import ArchiveRefused
from device_agent.adapters.slots import TRIES, Slots, read_choice, select_boot_slot, slot_directory
from tests.integration.agent_town import add_file


def archive(path: Path, fill: Callable[[tarfile.TarFile], None], version: str = "2") -> Path:
    with tarfile.open(path, "w") as tar:
        add_file(tar, "VERSION", version.encode(), 0o644)
        add_file(tar, "bin/program", b"#!/bin/sh\n", 0o755)
        fill(tar)
    return path


def special(name: str, kind: bytes, link: str = "") -> Callable[[tarfile.TarFile], None]:
    def fill(tar: tarfile.TarFile) -> None:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, link
        tar.addfile(member)

    return fill


def link_then_file(tar: tarfile.TarFile) -> None:
    special("out", tarfile.SYMTYPE, "/tmp")(tar)  # noqa: S108 - the attack
    add_file(tar, "out/evil", b"x", 0o644)


ATTACKS: dict[str, Callable[[tarfile.TarFile], None]] = {
    "traversal": lambda tar: add_file(tar, "../evil", b"x", 0o644),
    "hidden traversal": lambda tar: add_file(tar, "bin/../../evil", b"x", 0o644),
    "absolute path": lambda tar: add_file(tar, "/evil", b"x", 0o644),
    "symbolic link": special("evil", tarfile.SYMTYPE, "/etc/passwd"),
    "hard link": special("evil", tarfile.LNKTYPE, "VERSION"),
    "device": special("evil", tarfile.CHRTYPE),
    "pipe": special("evil", tarfile.FIFOTYPE),
    "file through a link": link_then_file,
    "file twice": lambda tar: add_file(tar, "VERSION", b"3", 0o644),
}


@pytest.fixture
def slots(tmp_path: Path) -> Slots:
    directory = tmp_path / "device"
    slots = Slots(directory)
    (slot_directory(directory, "A") / "VERSION").write_text("1")
    select_boot_slot(directory)
    return slots


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_member_that_is_not_a_file_of_the_release(
    attack: str, slots: Slots, tmp_path: Path
) -> None:
    tar = archive(tmp_path / "t.tar", ATTACKS[attack])
    with pytest.raises(ArchiveRefused, match=r"^Release archive: "):
        slots.install(tar, "2")
    assert not list(tmp_path.rglob("evil"))
    assert (slots.running, slots.version("A"), slots.version("B")) == ("A", "1", "")
    assert select_boot_slot(tmp_path / "device") == "A"


def test_an_archive_that_unpacks_to_too_much(
    slots: Slots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_tar, "MAX_BYTES", 1000)  # a gigabyte takes too long in a test
    tar = archive(tmp_path / "t.tar", lambda tar: add_file(tar, "big", b"x" * 1000, 0o644))
    with pytest.raises(ArchiveRefused, match="more than"):
        slots.install(tar, "2")
    monkeypatch.setattr(release_tar, "MAX_BYTES", 1 << 30)
    monkeypatch.setattr(release_tar, "MAX_MEMBERS", 2)
    with pytest.raises(ArchiveRefused, match="more than"):
        slots.install(tar, "2")


@pytest.mark.parametrize("data", [b"", b"no tar", b"\x1f\x8b\x08garbage"])
def test_what_is_no_archive(data: bytes, slots: Slots, tmp_path: Path) -> None:
    tar = tmp_path / "t.tar"
    tar.write_bytes(data)
    with pytest.raises(ArchiveRefused):
        slots.install(tar, "2")


def test_an_archive_cut_short(slots: Slots, tmp_path: Path) -> None:
    tar = archive(tmp_path / "t.tar", lambda tar: add_file(tar, "big", b"x" * 9000, 0o644))
    tar.write_bytes(tar.read_bytes()[:6000])
    with pytest.raises(ArchiveRefused):
        slots.install(tar, "2")


def test_an_archive_of_another_version(slots: Slots, tmp_path: Path) -> None:
    with pytest.raises(ArchiveRefused, match="VERSION is not 2"):
        slots.install(archive(tmp_path / "t.tar", lambda _: None, "3"), "2")


def test_an_archive_without_its_program(slots: Slots, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "t.tar", "w") as tar:
        member = tarfile.TarInfo("VERSION")
        tar.addfile(member, io.BytesIO(b""))
    with pytest.raises(ArchiveRefused, match="bin/program"):
        slots.install(tmp_path / "t.tar", "2")


def test_a_slot_that_never_proves_itself_is_left_after_its_tries(
    slots: Slots, tmp_path: Path
) -> None:
    directory = tmp_path / "device"
    slots.activate(slots.install(archive(tmp_path / "t.tar", lambda _: None), "2"))
    assert [select_boot_slot(directory) for _ in range(TRIES)] == ["B"] * TRIES
    assert select_boot_slot(directory) == "A"
    assert Slots(directory).failed == "B"
    assert select_boot_slot(directory) == "A"


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"primary":"C"}', b"\xff"])
def test_a_damaged_boot_file_still_boots(damage: bytes, slots: Slots, tmp_path: Path) -> None:
    del slots
    (tmp_path / "device" / "boot.json").write_bytes(damage)
    assert select_boot_slot(tmp_path / "device") == "A"
    assert read_choice(tmp_path / "device").good("A")
