"""Attacks on what is published: stolen and missing keys, roll-back, crashes, damaged files."""

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import threading
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp
from tuf.ngclient import Updater

from provisioning.city import City
from provisioning.config import Settings
from provisioning.durable_file import write_durable
from provisioning.founding import found_city
from provisioning.publish import (
    PublishError,
    Repository,
    init_repository,
    load_key,
    publish_release,
    read_published,
    refresh,
)
from provisioning.publish.lock import locked
from tests.fakes.folder_fetcher import updater
from tests.integration.city_services import NOW, media_files, new_city, sample_programme


@pytest.fixture(name="city")
def _city(tmp_path: Path) -> City:
    return new_city(tmp_path / "city")


def _client(city: City, folder: Path) -> Updater:
    root = (city.repository.metadata / "1.root.json").read_bytes()
    return updater(city.repository.root, root, folder)


def _see(city: City, folder: Path, target: str) -> bytes | None:
    """What a fresh client of the repository trusts under that path."""
    client = _client(city, folder)
    info = client.get_targetinfo(target)
    return Path(client.download_target(info)).read_bytes() if info else None


def _publish(city: City, version: int, *media: bytes, channel: str = "lobby") -> bytes:
    document = sample_programme(channel, version, *media)
    city.publish_programme(document, media_files(city.root / "media", *media), NOW)
    return document


def _tar(path: Path, version: str, *extra: tarfile.TarInfo, mode: int = 0o755) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, data, bits in (
            ("VERSION", version.encode(), 0o644),
            ("bin/program", b"#!/bin/sh\n", mode),
        ):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), bits
            tar.addfile(info, io.BytesIO(data))
        for info in extra:
            tar.addfile(info)
    return path


def _forge(city: City, role: str, target: TargetFile, *keys: CryptoSigner) -> None:
    """Publish a role's metadata signed by any keys, as one who took the online keys would."""
    where = city.repository
    published = read_published(where)
    old = published.roles[role]
    old.targets[target.path] = target
    old.version += 1
    forged: Metadata[Targets] = Metadata(old)
    for key in keys:
        forged.sign(key, append=True)
    forged.to_file(str(where.metadata / f"{old.version}.{role}.json"))
    meta = {**published.snapshot.meta, f"{role}.json": MetaFile(old.version)}
    snapshot = Metadata(Snapshot(published.snapshot.version + 1, meta=meta))
    snapshot.signed.expires = published.snapshot.expires
    snapshot.sign(load_key(where.keys, "snapshot"))
    snapshot.to_file(str(where.metadata / f"{snapshot.signed.version}.snapshot.json"))
    pin = MetaFile(snapshot.signed.version)
    stamp = Metadata(Timestamp(published.timestamp.version + 1, snapshot_meta=pin))
    stamp.signed.expires = published.timestamp.expires
    stamp.sign(load_key(where.keys, "timestamp"))
    stamp.to_file(str(where.metadata / "timestamp.json"))


def test_what_is_published_is_what_a_client_trusts(city: City, tmp_path: Path) -> None:
    document = _publish(city, 1, b"one", b"two")
    assert _see(city, tmp_path / "client", "programme/lobby.json") == document
    release = city.publish_release("2.0", _tar(tmp_path / "r.tar", "2.0"), NOW)
    assert (city.repository.blobs / release.sha256).stat().st_size == release.length
    assert b'"version":"2.0"' in (_see(city, tmp_path / "c2", "release/2.0.json") or b"")


def test_an_editors_key_signs_a_release(city: City, tmp_path: Path) -> None:
    target = TargetFile.from_data("release/9.json", b"{}", ["sha256"])
    _forge(city, "release", target, load_key(city.keys, "programme"))
    with pytest.raises(UnsignedMetadataError):
        _see(city, tmp_path / "client", "release/9.json")
    with pytest.raises(PublishError, match="damaged"):
        read_published(city.repository)


def test_an_editor_names_a_release_in_the_programme_role(city: City, tmp_path: Path) -> None:
    target = TargetFile.from_data("release/9.json", b"{}", ["sha256"])
    _forge(city, "programme", target, load_key(city.keys, "programme"))
    assert _see(city, tmp_path / "client", "release/9.json") is None


def test_one_of_two_release_signatures(city: City, tmp_path: Path) -> None:
    target = TargetFile.from_data("release/9.json", b"{}", ["sha256"])
    _forge(city, "release", target, load_key(city.keys, "release-1"))
    with pytest.raises(UnsignedMetadataError):
        _see(city, tmp_path / "client", "release/9.json")


def test_the_publisher_itself_refuses_one_of_two_release_signatures(
    city: City, tmp_path: Path
) -> None:
    (city.keys / "release-2.pem").unlink()
    archive = _tar(tmp_path / "r.tar", "2.0")
    with pytest.raises(PublishError, match="not signed by enough"):
        city.publish_release("2.0", archive, NOW)
    assert _see(city, tmp_path / "client", "release/2.0.json") is None


def test_the_same_release_key_given_twice(city: City, tmp_path: Path) -> None:
    key = load_key(city.keys, "release-1")
    with pytest.raises(PublishError, match="not signed by enough"):
        _release_signed_by(city, tmp_path, [key, key])


def _release_signed_by(city: City, folder: Path, using: list[CryptoSigner]) -> None:
    """Publish a release with these signers."""
    publish_release(city.repository, "2.0", _tar(folder / "r.tar", "2.0"), NOW, using=using)


def test_no_signers_at_all_do_not_fall_back_to_the_keys_here(city: City, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="not signed by enough"):
        _release_signed_by(city, tmp_path, [])


def test_an_editor_needs_no_other_roles_key(city: City, tmp_path: Path) -> None:
    kept = {"programme.pem", "snapshot.pem", "timestamp.pem"}
    for key in city.keys.iterdir():
        if key.name not in kept:
            key.unlink()
    document = _publish(city, 1, b"one")
    assert _see(city, tmp_path / "client", "programme/lobby.json") == document
    with pytest.raises(PublishError, match="No key of role 'release'"):
        city.publish_release("2.0", _tar(tmp_path / "r.tar", "2.0"), NOW)


@pytest.mark.parametrize("version", [1, 3])
def test_a_programme_that_is_not_newer(city: City, tmp_path: Path, version: int) -> None:
    document = _publish(city, 3, b"one")
    with pytest.raises(PublishError, match="not greater than the published version 3"):
        _publish(city, version, b"two")
    assert _see(city, tmp_path / "client", "programme/lobby.json") == document


@pytest.mark.parametrize(
    ("blob", "sentence"), [(b"oNe", "is not the blob"), (b"one and more", "is not the blob")]
)
def test_a_blob_that_is_not_what_the_programme_pins(
    city: City, tmp_path: Path, blob: bytes, sentence: str
) -> None:
    files = media_files(tmp_path / "media", b"one")
    next(iter(files.values())).write_bytes(blob)
    with pytest.raises(PublishError, match=sentence):
        city.publish_programme(sample_programme("lobby", 1, b"one"), files, NOW)
    assert _see(city, tmp_path / "client", "programme/lobby.json") is None
    assert list(city.repository.blobs.iterdir()) == []


def test_a_blob_that_the_disk_spoilt_is_not_published_again(city: City) -> None:
    _publish(city, 1, b"one")
    blob = next(city.repository.blobs.iterdir())
    blob.write_bytes(b"0ne")
    with pytest.raises(PublishError, match="is not the blob"):
        city.publish_programme(sample_programme("lobby", 2, b"one"), {}, NOW)
    _publish(city, 2, b"one")
    assert blob.read_bytes() == b"one"


def test_a_blob_that_is_missing(city: City) -> None:
    with pytest.raises(PublishError, match="is not at"):
        city.publish_programme(sample_programme("lobby", 1, b"one"), {}, NOW)


@pytest.mark.parametrize("document", [b"", b"{}", b"[" * 100_000, b"\xff"])
def test_a_document_that_is_no_programme(city: City, document: bytes) -> None:
    with pytest.raises(PublishError, match="not a programme"):
        city.publish_programme(document, {}, NOW)


def _link(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda p: _tar(p, "2.0", tarfile.TarInfo("../x")), "points outside"),
        (lambda p: _tar(p, "2.0", tarfile.TarInfo("/etc/x")), "points outside"),
        (lambda p: _tar(p, "2.0", _link("bin/link")), "not a plain file"),
        (lambda p: _tar(p, "1.9"), "VERSION says '1.9'"),
        (lambda p: _tar(p, "2.0", mode=0o644), "no executable bin/program"),
        (lambda p: shutil.copy("/bin/sh", p), "not a readable tar"),
        (lambda p: p.with_name("absent"), "not a readable tar"),
    ],
)
def test_an_archive_that_is_no_release(
    city: City, tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    with pytest.raises(PublishError, match=rf"^[^\n]*{sentence}[^\n]*$"):
        city.publish_release("2.0", make(tmp_path / "r.tar"), NOW)


@pytest.mark.parametrize("version", ["", "../1", "1/2", "-x", "a" * 65, "1\n"])
def test_a_release_version_that_is_no_name(city: City, tmp_path: Path, version: str) -> None:
    with pytest.raises(PublishError, match="must be letters"):
        city.publish_release(version, _tar(tmp_path / "r.tar", version), NOW)


def test_a_release_published_twice(city: City, tmp_path: Path) -> None:
    city.publish_release("2.0", _tar(tmp_path / "r.tar", "2.0"), NOW)
    with pytest.raises(PublishError, match="published already"):
        city.publish_release("2.0", _tar(tmp_path / "r.tar", "2.0"), NOW)


@pytest.mark.parametrize("name", ["timestamp.json", "1.snapshot.json", "1.programme.json"])
def test_metadata_changed_on_the_server_is_not_signed_over(city: City, name: str) -> None:
    path = city.repository.metadata / name
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"version":1', b'"version":7'))
    assert path.read_bytes() != data
    with pytest.raises(PublishError, match="damaged"):
        _publish(city, 1, b"one")


def test_a_published_document_changed_on_the_server_is_noticed(city: City) -> None:
    _publish(city, 1, b"one")
    document = next((city.repository.targets / "programme").iterdir())
    document.write_bytes(document.read_bytes().replace(b'"version": 1', b'"version": 0'))
    with pytest.raises(PublishError, match="damaged on disk"):
        _publish(city, 2, b"two")


class _DiskFullError(OSError):
    pass


@pytest.mark.parametrize("write", range(4))
def test_a_crash_at_any_write_leaves_the_old_or_the_new(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: int
) -> None:
    old = _publish(city, 1, b"one")
    calls = iter(range(100))

    def failing(path: Path, data: bytes, mode: int = 0o644) -> None:
        if next(calls) == write:
            raise _DiskFullError
        write_durable(path, data, mode)

    monkeypatch.setattr("provisioning.publish.repository.write_durable", failing)
    with pytest.raises(_DiskFullError):
        _publish(city, 2, b"two")
    assert _see(city, tmp_path / "client", "programme/lobby.json") == old
    monkeypatch.undo()
    new = _publish(city, 2, b"two")
    assert _see(city, tmp_path / "client", "programme/lobby.json") == new


def test_a_client_that_reads_all_the_time_sees_only_whole_sets(city: City, tmp_path: Path) -> None:
    _publish(city, 1, b"one")
    done = threading.Event()
    faults: list[Exception] = []
    seen: list[bytes | None] = []

    def read() -> None:
        while not done.is_set() and not faults:
            try:
                seen.append(_see(city, tmp_path / "client", "programme/lobby.json"))
            except RepositoryError as error:
                faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    documents = [_publish(city, version, b"%d" % version) for version in range(2, 20)]
    done.set()
    reader.join()
    assert faults == []
    assert {*seen} <= {*documents, sample_programme("lobby", 1, b"one")}


def test_parallel_publishers_lose_nothing(city: City, tmp_path: Path) -> None:
    channels = [f"channel-{number}" for number in range(6)]
    threads = [
        threading.Thread(
            target=_publish, args=(city, 1, channel.encode()), kwargs={"channel": channel}
        )
        for channel in channels
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for channel in channels:
        assert _see(city, tmp_path / "client", f"programme/{channel}.json")


def test_a_publisher_that_holds_the_lock_for_ever(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(PublishError, match="Another command"),
        locked(tmp_path, patience_s=0.1),
    ):
        pass


def test_a_repository_is_not_founded_over_another_or_around_its_keys(tmp_path: Path) -> None:
    init_repository(tmp_path / "r", tmp_path / "k", NOW)
    with pytest.raises(PublishError, match="There is a repository"):
        init_repository(tmp_path / "r", tmp_path / "k2", NOW)
    with pytest.raises(PublishError, match="is there already"):
        init_repository(tmp_path / "r2", tmp_path / "k", NOW)
    with pytest.raises(PublishError, match="inside the public folder"):
        init_repository(tmp_path / "r3", tmp_path / "r3" / "keys", NOW)
    with pytest.raises(PublishError, match="root threshold"):
        init_repository(tmp_path / "r4", tmp_path / "k4", NOW, root_threshold=3)


def test_refresh_renews_only_what_expires_soon(city: City) -> None:
    before = read_published(city.repository)
    assert refresh(city.repository, NOW) == ()
    assert refresh(city.repository, before.timestamp.expires) == ("snapshot", "timestamp")
    after = read_published(city.repository)
    assert after.timestamp.version == before.timestamp.version + 1
    assert after.timestamp.expires > before.timestamp.expires
    assert after.roles == before.roles


def test_after_two_years_of_refreshing_a_new_device_still_trusts_it(tmp_path: Path) -> None:
    months = 25
    founded = NOW - timedelta(days=30 * months)
    city = found_city(tmp_path / "city", Settings(), founded)
    document, files = sample_programme("lobby", 1, b"1"), media_files(tmp_path / "m", b"1")
    city.publish_programme(document, files, founded)
    for month in range(1, months + 1):
        refresh(city.repository, founded + timedelta(days=30 * month))
    now = read_published(city.repository)
    slow = {"root": now.root, **now.roles_and_targets}
    assert [name for name, signed in slow.items() if signed.expires <= NOW] == []
    assert _see(city, tmp_path / "client", "programme/lobby.json") == document


def test_a_role_whose_key_is_elsewhere_is_named(
    city: City, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("release-2", "root-1"):
        (city.keys / f"{name}.pem").unlink()
    renewed = refresh(city.repository, NOW + timedelta(days=700))
    assert not {"release", "root"} & {*renewed}
    assert {"targets", "programme", "snapshot", "timestamp"} < {*renewed}
    assert "Role release expires soon and its key release-2 is not here." in caplog.text
    assert "Role root expires soon and its key root-1 is not here." in caplog.text


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_archive_that_is_broken_inside(
    city: City, tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    rest = b"".join(sha256(b"%d" % number).digest() for number in range(2000))
    big = tarfile.TarInfo("big")
    big.size = len(rest)
    plain = _tar(tmp_path / "r.tar", "2.0").read_bytes()[:-10240] + big.tobuf() + rest
    whole = pack(plain)
    broken = tmp_path / "broken.tar.gz"
    for at in range(20, len(whole) - 20, len(whole) // 40):
        broken.write_bytes(whole[:at] + b"\xff" * 20 + whole[at + 20 :])
        with pytest.raises(PublishError):
            city.publish_release("2.0", broken, NOW)


def test_a_repository_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="damaged"):
        read_published(Repository(tmp_path / "r", tmp_path / "k"))
