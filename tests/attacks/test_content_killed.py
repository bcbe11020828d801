"""SIGKILL at random moments of a content update leaves the old programme or the new one, whole."""

import hashlib
import json
import random
import subprocess
import sys
import time
from pathlib import Path

from device_agent.adapters.content import bring_programme
from playlists import parse_programme
from tests.attacks.content_town import open_folder, open_store, take_content_server
from tests.integration.agent_town import CHANNEL, DEVICE, Town, open_town

KILLS = 15

CHILD = """
import json, sys
from pathlib import Path
from device_agent.adapters.content import ContentFolder, bring_programme
from device_agent.adapters.store import ContentStore, StoreSettings
words = json.loads(sys.argv[1])
paths = [Path(word) for word in words["paths"]]
store = ContentStore(StoreSettings(words["url"], *paths[:5]))
print("go", flush=True)
bring_programme(store, ContentFolder(paths[5]), words["channel"])
print("done", flush=True)
"""


def start(town: Town, port: int) -> subprocess.Popen[str]:
    identity = town.city.device(DEVICE)
    paths = [
        identity.authority,
        identity.certificate,
        identity.key,
        identity.folder / "root.json",
        town.agent_folder / "metadata",
        town.content,
    ]
    url = f"https://127.0.0.1:{port}"
    words = {"url": url, "channel": CHANNEL, "paths": [str(path) for path in paths]}
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, json.dumps(words)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "go\n"
    return child


def assert_whole(content: Path) -> int:
    programme = parse_programme((content / "current.json").read_bytes())
    for blob in programme.blobs:
        data = (content / "blobs" / blob.sha256).read_bytes()
        assert hashlib.sha256(data).hexdigest() == blob.sha256
    return programme.version


def test_sigkill_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(20261124)  # noqa: S311 - moments, no secret
    with open_town(tmp_path) as town, take_content_server(town.city) as taken:
        folder, store = open_folder(town), open_store(town, taken.port)
        pictures = [bytes([i]) * 400_000 for i in range(12)]
        town.publish(1, pictures[0])
        assert bring_programme(store, folder, CHANNEL).reported.version == 1
        version, interrupted = 1, 0
        for number in range(KILLS):
            before = assert_whole(town.content)
            if before == version:  # the last update came through: there is a next one
                version += 1
                town.publish(version, *(bytes([number]) * 50_000 + p for p in pictures))
            with start(town, taken.port) as child:
                time.sleep(chance.uniform(0, 0.25))
                child.kill()
            after = assert_whole(town.content)
            assert after in {before, version}
            interrupted += after == before
        assert interrupted
        assert bring_programme(store, folder, CHANNEL).reported.version == version
        assert assert_whole(town.content) == version
        assert not list((town.content / "blobs").glob("*.part"))
