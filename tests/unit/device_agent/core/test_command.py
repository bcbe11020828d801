"""A command is done at most once, has one final answer, and is answered each time it comes."""

from datetime import UTC, datetime, timedelta

import pytest

from device_agent.core.command import (
    MAX_REMEMBERED,
    Action,
    Answer,
    Arrived,
    CommandMemory,
    CommandRefusal,
    CountRefusal,
    Execute,
    Finished,
    Restarted,
    step,
)
from device_agent.wire.command import Command, CommandResult, CommandStatus

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DEVICE = "lobby-001"


def order(id_: str = "c-1", **changes: object) -> Command:
    fields = {"device": DEVICE, "action": "reload", "issued": NOW, "expires": NOW + HOUR} | changes
    return Command(id=id_, **fields)  # type: ignore[arg-type]  # the fields above


def statuses(effects: object) -> list[CommandStatus]:
    assert isinstance(effects, tuple)
    return [e.result.status for e in effects if isinstance(e, Answer)]


def test_a_command_is_accepted_executed_and_answered() -> None:
    memory, effects = step(CommandMemory(), Arrived("c-1", order()), DEVICE, NOW)
    assert statuses(effects) == [CommandStatus.ACCEPTED, CommandStatus.EXECUTING]
    assert Execute("c-1", Action.RELOAD) in effects
    memory, effects = step(memory, Finished("c-1"), DEVICE, NOW)
    assert statuses(effects) == [CommandStatus.SUCCEEDED]
    assert step(memory, Finished("c-1"), DEVICE, NOW) == (memory, ())
    assert step(memory, Finished("c-9"), DEVICE, NOW) == (memory, ())


def test_a_command_that_comes_twice_is_done_once_and_answered_twice() -> None:
    memory, _ = step(CommandMemory(), Arrived("c-1", order()), DEVICE, NOW)
    again, effects = step(memory, Arrived("c-1", order()), DEVICE, NOW)
    assert again == memory
    assert statuses(effects) == [CommandStatus.EXECUTING]
    memory, _ = step(memory, Finished("c-1", "disk full"), DEVICE, NOW)
    _, effects = step(memory, Arrived("c-1", order()), DEVICE, NOW + 2 * HOUR)
    assert statuses(effects) == [CommandStatus.FAILED]
    assert not any(isinstance(e, Execute) for e in effects)


@pytest.mark.parametrize(
    ("topic_id", "command", "reason"),
    [
        ("c-1", order(device="lobby-002"), CommandRefusal.WRONG_DEVICE),
        ("c-2", order(), CommandRefusal.WRONG_ID),
        ("c-1", order(expires=NOW), CommandRefusal.EXPIRED),
        ("c-1", order(action="explode"), CommandRefusal.UNKNOWN),
    ],
)
def test_a_command_that_is_not_for_here_or_now_is_refused_and_counted(
    topic_id: str, command: Command, reason: CommandRefusal
) -> None:
    memory, effects = step(CommandMemory(), Arrived(topic_id, command), DEVICE, NOW)
    result = CommandResult(DEVICE, topic_id, CommandStatus.REFUSED, reason.value, NOW)
    assert effects == (CountRefusal(reason), Answer(result))
    assert memory == CommandMemory()


def test_a_replay_is_refused_after_the_clock_was_set_back() -> None:
    memory, _ = step(CommandMemory(), Arrived("c-1", order()), DEVICE, NOW)
    memory, _ = step(memory, Finished("c-1"), DEVICE, NOW)
    later = order("c-2", expires=NOW + 3 * HOUR)
    memory, _ = step(memory, Arrived("c-2", later), DEVICE, NOW + 2 * HOUR)
    assert [r.id for r in memory.remembered] == ["c-2"]
    assert memory.forgotten == NOW + HOUR
    memory, effects = step(memory, Arrived("c-1", order()), DEVICE, NOW)
    assert statuses(effects) == [CommandStatus.REFUSED]
    assert memory.forgotten == NOW + HOUR


def test_a_flood_of_commands_is_refused_at_a_limit() -> None:
    memory = CommandMemory()
    for number in range(MAX_REMEMBERED):
        memory, _ = step(memory, Arrived(f"c{number}", order(f"c{number}")), DEVICE, NOW)
    _, effects = step(memory, Arrived("more", order("more")), DEVICE, NOW)
    assert effects[0] == CountRefusal(CommandRefusal.TOO_MANY)


def test_what_ran_when_the_agent_died_has_failed() -> None:
    memory, _ = step(CommandMemory(), Arrived("c-1", order()), DEVICE, NOW)
    memory, _ = step(memory, Arrived("c-2", order("c-2")), DEVICE, NOW)
    memory, _ = step(memory, Finished("c-2"), DEVICE, NOW)
    memory, effects = step(memory, Restarted(), DEVICE, NOW)
    assert statuses(effects) == [CommandStatus.FAILED]
    assert all(r.result is not None for r in memory.remembered)
    assert step(memory, Restarted(), DEVICE, NOW) == (memory, ())
