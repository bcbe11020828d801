"""A disk that takes nothing: the agent serves on, and does what waited once the disk takes it.

The kernel refuses every write to a file (RLIMIT_FSIZE); broker, server and agent are real.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from device_agent.adapters.memory_file import MemoryFile
from device_agent.adapters.slots import read_choice
from device_agent.core.update_states import Committed, OnProbation
from device_agent.wire import cap
from device_agent.wire.local import Alerts, AlertShown, Connection
from device_agent.wire.reported import UpdatePhase
from device_agent.wire.topics import AlertTopic, EventTopic, build
from provisioning.trust import Role
from tests.integration.agent_town import AREA, DEVICE, Player, Town, open_town, wait_until
from tests.integration.test_agent_tour import alert


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as town:
        town.start_broker()
        town.start_content()
        yield town


def fill_disk(process: subprocess.Popen[bytes], *, full: bool) -> None:
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))


def raise_alert(town: Town) -> bytes:
    return town.signed(cap.encode_cap(alert("a-1")), cap.PAYLOAD_TYPE, Role.ALERT)


def test_a_commit_that_could_not_be_saved_is_made_up_for(town: Town) -> None:
    town.city.publish_release("2.0.0", town.release("2.0.0"), datetime.now(UTC))
    memory = MemoryFile(town.agent_folder / "state/memory.json")
    with town.operator() as operator, town.device(lambda _: True, probation=4.0, patience=30.0):
        operator.wait_reported(lambda r: r.verdict.healthy, "release 1")
        town.desire(operator, 1, "2.0.0")
        operator.wait_reported(lambda r: r.update.phase is UpdatePhase.ON_PROBATION, "probation")
        wait_until(lambda: isinstance(memory.load().update, OnProbation), "probation saved")
        agent = town.processes[-1]
        fill_disk(agent, full=True)
        operator.wait_reported(lambda r: r.update.phase is UpdatePhase.COMMITTED, "the verdict")
        assert isinstance(memory.load().update, OnProbation)
        assert not read_choice(town.slots).good("B")
        player = Player(town.socket)
        operator.say(build(AlertTopic(AREA)), raise_alert(town))
        player.wait_for(Alerts, lambda m: bool(m.alerts))
        fill_disk(agent, full=False)
        wait_until(lambda: read_choice(town.slots).good("B"), "the slot is marked good")
        assert memory.load().update == Committed("2.0.0", "B")
        assert [a.alert.identifier for a in memory.load().alerts.active] == ["a-1"]
        player.link.close()
    assert "Traceback" not in town.log("agent")


def test_an_agent_that_starts_on_a_full_disk_shows_alerts(town: Town) -> None:
    first = town.start_agent()
    with town.operator() as operator:
        operator.wait_reported(lambda r: r.refused == (), "a report")
        wait_until((town.agent_folder / "state/metadata/targets.json").exists, "the keys")
        first.kill()
        first.wait()
        path = town.configure()
        agent = town.start(
            "prlimit", "--fsize=0:unlimited", sys.executable, "-m", "device_agent", "run",
            "--config", str(path), name="full",
        )  # fmt: skip
        player = Player(town.socket)
        player.wait_for(Connection, lambda m: m.online)
        operator.say(build(AlertTopic(AREA)), raise_alert(town))
        player.wait_for(Alerts, lambda m: bool(m.alerts))
        player.link.send(AlertShown("player", "a-1", datetime.now(UTC)))
        assert agent.poll() is None
        fill_disk(agent, full=False)
        memory = MemoryFile(town.agent_folder / "state/memory.json")
        wait_until(lambda: bool(memory.load().alerts.active), "the alert is saved")
        player.link.send(AlertShown("player", "a-1", datetime.now(UTC)))
        wait_until(lambda: build(EventTopic(DEVICE, "alert-shown")) in operator.last, "the proof")
    player.link.close()
