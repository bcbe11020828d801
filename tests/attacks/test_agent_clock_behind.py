"""A device whose clock was never set: no certificate counts yet, so it shows what it has."""

import hashlib
from datetime import timedelta
from pathlib import Path

from device_agent.wire.local import Connection, ProgrammeReady
from playlists import Sha256, encode_programme
from tests.integration.agent_town import Player, open_town, programme, wait_until

YEARS = timedelta(days=3650)


def test_a_clock_years_behind_keeps_the_programme_and_names_the_reason(tmp_path: Path) -> None:
    picture = b"picture"
    digest = Sha256(hashlib.sha256(picture).hexdigest())
    with open_town(tmp_path, ahead=YEARS) as town:
        town.start_broker()
        town.content.mkdir(parents=True)
        document = encode_programme(programme(1, [digest], (picture,)))
        (town.content / "current.json").write_bytes(document)
        agent = town.start_agent()
        player = Player(town.socket)
        ready = player.wait_for(ProgrammeReady)
        assert Path(ready.path).read_bytes() == document
        assert not player.wait_for(Connection).online
        wait_until(lambda: "certificate is not yet valid" in town.log("agent"), "the reason")
        wait_until(lambda: "Content: " in town.log("agent"), "the look")
        assert (town.content / "current.json").read_bytes() == document
        assert agent.poll() is None
        assert "Traceback" not in town.log("agent")
        player.link.close()
