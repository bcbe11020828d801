"""Attacks by somebody who has the content server: the programme in force stays as it was."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, MetaFile, Snapshot, Targets, Timestamp

from device_agent.adapters.content import bring_programme, bring_release, programme_in_force
from device_agent.adapters.store import ContentStore, StoreCause, StoreProblem
from provisioning.publish.signing_keys import load_key
from provisioning.trust import Role
from tests.attacks.content_town import Taken, open_folder, open_store, take_content_server
from tests.integration.agent_town import CHANNEL, Town, open_town

TIMESTAMP = "/metadata/timestamp.json"


@dataclass
class Scene:
    town: Town
    taken: Taken
    store: ContentStore

    def bring(self) -> int:
        return bring_programme(self.store, open_folder(self.town), CHANNEL).reported.version

    def in_force(self) -> int:
        found = programme_in_force(open_folder(self.town))
        return found.reported.version if found else 0

    def refuses(self, cause: StoreCause) -> str:
        before = self.in_force()
        with pytest.raises(StoreProblem) as caught:
            self.bring()
        assert caught.value.cause is cause
        assert self.in_force() == before
        return str(caught.value)

    @property
    def metadata(self) -> Path:
        return self.town.city.repository.metadata


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_town(tmp_path) as town, take_content_server(town.city) as taken:
        town.publish(1, b"picture one")
        scene = Scene(town, taken, open_store(town, taken.port))
        assert scene.bring() == 1
        yield scene


def test_timestamp_rollback(scene: Scene) -> None:
    old = (scene.metadata / "timestamp.json").read_bytes()
    scene.town.publish(2, b"picture two")
    assert scene.bring() == 2
    scene.taken.answer_with(TIMESTAMP, old)
    assert "not trusted" in scene.refuses(StoreCause.NOT_TRUSTED)


def test_freeze_on_metadata_that_expired(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Later":
            del tz
            return cls(2036, 1, 1, tzinfo=UTC)

    trusted = "tuf.ngclient._internal.trusted_metadata_set.datetime.datetime"
    monkeypatch.setattr(trusted, Later)  # ten years cannot be waited for
    assert "expired" in scene.refuses(StoreCause.NOT_TRUSTED).lower()


def test_mix_and_match_of_snapshot_and_programme_metadata(scene: Scene) -> None:
    old = max(scene.metadata.glob("*.programme.json")).read_bytes()
    scene.town.publish(2, b"picture two")
    newest = max(scene.metadata.glob("*.programme.json"), key=lambda p: int(p.name.split(".")[0]))
    scene.taken.answer_with(f"/metadata/{newest.name}", old)
    scene.refuses(StoreCause.NOT_TRUSTED)


def test_endless_metadata(scene: Scene) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    scene.taken.instead[TIMESTAMP] = endless
    scene.refuses(StoreCause.UNAVAILABLE)


def test_endless_blob(scene: Scene) -> None:
    document = scene.town.publish(2, b"picture two" * 1000)
    del document
    blobs = scene.town.city.repository.blobs
    newest = max(blobs.iterdir(), key=lambda p: p.stat().st_size)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    scene.taken.instead[f"/blobs/{newest.name}"] = endless
    assert "more than its 11000 bytes" in scene.refuses(StoreCause.NOT_TRUSTED)
    sizes = [p.stat().st_size for p in (scene.town.content / "blobs").iterdir()]
    assert max(sizes) < 12_000


def test_a_blob_swapped_for_another_of_the_same_length(scene: Scene) -> None:
    scene.town.publish(2, b"picture two")
    names = {p.name for p in scene.town.city.repository.blobs.iterdir()}
    here = {p.name for p in (scene.town.content / "blobs").iterdir()}
    (missing,) = names - here
    scene.taken.answer_with(f"/blobs/{missing}", b"picture 666")
    assert "another digest" in scene.refuses(StoreCause.NOT_TRUSTED)
    del scene.taken.instead[f"/blobs/{missing}"]
    assert scene.bring() == 2


def test_a_blob_cut_short_is_resumed_and_not_fetched_twice(scene: Scene) -> None:
    picture = bytes(range(256)) * 400
    scene.town.publish(2, picture)
    names = {p.name for p in scene.town.city.repository.blobs.iterdir()}
    (missing,) = names - {p.name for p in (scene.town.content / "blobs").iterdir()}

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(picture[:70_000])

    scene.taken.instead[f"/blobs/{missing}"] = cut
    scene.refuses(StoreCause.NOT_TRUSTED)
    del scene.taken.instead[f"/blobs/{missing}"]
    assert scene.bring() == 2
    assert scene.taken.asked[-1] == (f"/blobs/{missing}", "bytes=70000-")


def test_a_server_that_begins_elsewhere_than_asked(scene: Scene) -> None:
    scene.town.publish(2, b"picture two" * 100)
    names = {p.name for p in scene.town.city.repository.blobs.iterdir()}
    (missing,) = names - {p.name for p in (scene.town.content / "blobs").iterdir()}
    (scene.town.content / "blobs" / f"{missing}.part").write_bytes(b"pict")

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(206)
        handler.send_header("Content-Range", "bytes 2-1099/1100")
        handler.end_headers()
        handler.wfile.write(b"x" * 1098)

    scene.taken.instead[f"/blobs/{missing}"] = elsewhere
    assert "began at byte 2" in scene.refuses(StoreCause.NOT_TRUSTED)


def test_a_redirect_to_somebody_else(scene: Scene) -> None:
    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "https://elsewhere.invalid/")
        handler.end_headers()

    scene.taken.instead[TIMESTAMP] = elsewhere
    assert "302" in scene.refuses(StoreCause.UNAVAILABLE)


def test_garbage_metadata(scene: Scene) -> None:
    for garbage in (b"", b"{", b"[" * 10_000, b'{"signed": {}}'):
        scene.taken.answer_with(TIMESTAMP, garbage)
        scene.refuses(StoreCause.NOT_TRUSTED)


def newest(folder: Path, role: str) -> Path:
    return max(folder.glob(f"*.{role}.json"), key=lambda path: int(path.name.split(".")[0]))


def test_a_release_with_one_signature_of_two(scene: Scene) -> None:
    """The attacker has the online keys and one of the two release keys."""
    town, keys = scene.town, scene.town.city.keys
    town.city.publish_release("2.0", town.release("2.0"), datetime.now(UTC))
    path = newest(scene.metadata, "release")
    release = Metadata[Targets].from_bytes(path.read_bytes())
    release.signatures.popitem()
    snapshot = Metadata[Snapshot].from_bytes(newest(scene.metadata, "snapshot").read_bytes())
    snapshot.signed.meta["release.json"] = MetaFile.from_data(
        release.signed.version, release.to_bytes(), ["sha256"]
    )
    snapshot.sign(load_key(keys, "snapshot"))
    timestamp = Metadata[Timestamp].from_bytes((scene.metadata / "timestamp.json").read_bytes())
    version = snapshot.signed.version
    timestamp.signed.snapshot_meta = MetaFile.from_data(version, snapshot.to_bytes(), ["sha256"])
    timestamp.sign(load_key(keys, "timestamp"))
    scene.taken.answer_with(f"/metadata/{path.name}", release.to_bytes())
    scene.taken.answer_with(f"/metadata/{version}.snapshot.json", snapshot.to_bytes())
    scene.taken.answer_with(TIMESTAMP, timestamp.to_bytes())
    with pytest.raises(StoreProblem, match="1/2 keys") as caught:
        bring_release(scene.store, open_folder(town).blobs, "2.0", "otevrene-mesto")
    assert caught.value.cause is StoreCause.NOT_TRUSTED


def test_a_release_for_another_kind_of_device(scene: Scene) -> None:
    town = scene.town
    town.city.publish_release("2.0", town.release("2.0"), datetime.now(UTC), "toaster")
    with pytest.raises(StoreProblem, match="kind 'toaster'") as caught:
        bring_release(scene.store, open_folder(town).blobs, "2.0", "otevrene-mesto")
    assert caught.value.cause is StoreCause.UNUSABLE


def test_a_server_without_the_citys_certificate(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with open_town(tmp_path / "a") as town, open_town(tmp_path / "b") as other:
        town.publish(1, b"picture one")
        shutil.copytree(town.city.repository.root, other.city.repository.root, dirs_exist_ok=True)
        with take_content_server(other.city) as foreign:
            store = open_store(town, foreign.port)
            with pytest.raises(StoreProblem) as caught:
                bring_programme(store, open_folder(town), CHANNEL)
    assert caught.value.cause is StoreCause.UNAVAILABLE
    assert foreign.asked == []


def test_keys_come_only_from_metadata_the_root_signed(scene: Scene) -> None:
    assert Role.ALERT in scene.store.role_keys()
    local = scene.town.agent_folder / "metadata" / "targets.json"
    local.write_bytes(local.read_bytes().replace(b'"threshold":2', b'"threshold":1', 1))
    assert scene.store.role_keys() == {}
