"""What the agent remembers comes back from its file, and a damaged file is refused."""

import json
from dataclasses import replace

import pytest

from device_agent.core.agent_words import Memory
from device_agent.core.alerts import ActiveAlert, AlertBook, SeenMessage
from device_agent.core.command import CommandMemory, Remembered
from device_agent.core.memory import decode_memory, encode_memory
from device_agent.core.update_states import (
    Committed,
    Fetching,
    Idle,
    Installing,
    OnProbation,
    Rebooting,
    RolledBack,
    RollingBack,
    UpdateState,
)
from device_agent.wire import WireError
from device_agent.wire.cap import alert_of
from device_agent.wire.command import CommandResult, CommandStatus
from tests.unit.device_agent.core.test_agent import ALERT, DESIRED, WALL

FULL = Memory(
    desired=DESIRED,
    alerts=AlertBook(
        active=(ActiveAlert("liberec", "s", alert_of(ALERT)),),
        seen=(SeenMessage("s", "a-1", WALL),),
        forgotten=(("s", WALL),),
    ),
    commands=CommandMemory(
        (
            Remembered("c-1", WALL, None),
            Remembered("c-2", WALL, CommandResult("d", "c-2", CommandStatus.SUCCEEDED, "", WALL)),
        ),
        WALL,
    ),
    update=Committed("2", "B"),
)


@pytest.mark.parametrize(
    "update",
    [
        Idle(),
        Fetching("2"),
        Installing("2"),
        Rebooting("2", "B", 1),
        OnProbation("2", "B", 0.0, starts=2),
        RollingBack("2", "B", "x"),
        Committed("2", "B"),
        RolledBack("2", "", "x"),
    ],
)
def test_memory_comes_back(update: UpdateState) -> None:
    memory = replace(FULL, update=update)
    assert decode_memory(encode_memory(memory)) == memory
    assert decode_memory(encode_memory(Memory(update=update))) == Memory(update=update)


@pytest.mark.parametrize(
    "update",
    [
        {"phase": "Exploding"},
        {"phase": "Exploding", "version": "2", "slot": "B"},
        {"phase": "Rebooting", "version": "2", "slot": "C", "starts": 0},
        {"phase": "Idle", "version": "2"},
    ],
)
def test_an_impossible_update_is_refused(update: dict[str, object]) -> None:
    members = json.loads(encode_memory(FULL)) | {"update": update}
    with pytest.raises(WireError):
        decode_memory(json.dumps(members).encode())


def test_an_alert_whose_time_is_over_does_not_outlive_the_process() -> None:
    lapsed = ActiveAlert("liberec", "s", alert_of(ALERT), lapsed=5.0)
    memory = replace(FULL, alerts=replace(FULL.alerts, active=(lapsed,)))
    assert decode_memory(encode_memory(memory)).alerts.active == ()
