"""Decides what becomes of a command: each is done at most once and has one final answer.

An id is remembered until its command has expired; then the expiry itself refuses a replay, also
after the clock was set back.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from device_agent.wire.command import Command, CommandResult, CommandStatus

MAX_REMEMBERED = 256


class Action(StrEnum):
    """What this agent can be told to do."""

    RELOAD = "reload"
    REPORT = "report"


class CommandRefusal(StrEnum):
    """Why a command was refused."""

    WRONG_DEVICE = "command-wrong-device"
    WRONG_ID = "command-wrong-id"
    EXPIRED = "command-expired"
    UNKNOWN = "command-unknown"
    TOO_MANY = "command-too-many"


@dataclass(frozen=True)
class Remembered:
    """A command that was begun; `result` is its final answer, None while it runs."""

    id: str
    expires: datetime
    result: CommandResult | None


@dataclass(frozen=True)
class CommandMemory:
    """Commands begun and not yet forgotten; everything that expired up to `forgotten` is old."""

    remembered: tuple[Remembered, ...] = ()
    forgotten: datetime | None = None


@dataclass(frozen=True)
class Arrived:
    """A verified command came on the topic of `topic_id`."""

    topic_id: str
    command: Command


@dataclass(frozen=True)
class Finished:
    """A command was carried out, or failed when there is a reason."""

    id: str
    reason: str = ""


@dataclass(frozen=True)
class Restarted:
    """The agent started again: what was running then is lost."""


@dataclass(frozen=True)
class Answer:
    """Publish this answer."""

    result: CommandResult


@dataclass(frozen=True)
class Execute:
    """Carry this out and post Finished."""

    id: str
    action: Action


@dataclass(frozen=True)
class CountRefusal:
    """Count this refusal."""

    reason: CommandRefusal


CommandEvent = Arrived | Finished | Restarted
CommandEffect = Answer | Execute | CountRefusal


def step(
    memory: CommandMemory, event: CommandEvent, device: str, now: datetime
) -> tuple[CommandMemory, tuple[CommandEffect, ...]]:
    """One event at the instant `now`."""
    match event:
        case Arrived(topic_id, command):
            return _arrived(memory, topic_id, command, device, now)
        case Finished(id_, reason):
            return _finished(memory, id_, reason, device, now)
        case Restarted():
            return _restarted(memory, device, now)
        case _ as unreachable:
            assert_never(unreachable)


def _arrived(
    memory: CommandMemory, topic_id: str, command: Command, device: str, now: datetime
) -> tuple[CommandMemory, tuple[CommandEffect, ...]]:
    def answer(status: CommandStatus, reason: str = "") -> Answer:
        return Answer(CommandResult(device, topic_id, status, reason, now))

    known = next((r for r in memory.remembered if r.id == command.id), None)
    if known is not None and topic_id == command.id and command.device == device:
        return memory, (Answer(known.result) if known.result else answer(CommandStatus.EXECUTING),)
    memory = _forget(memory, now)
    refusal = _refusal(memory, topic_id, command, device, now)
    if refusal is not None:
        return memory, (CountRefusal(refusal), answer(CommandStatus.REFUSED, refusal.value))
    remembered = (*memory.remembered, Remembered(command.id, command.expires, None))
    return replace(memory, remembered=remembered), (
        answer(CommandStatus.ACCEPTED),
        answer(CommandStatus.EXECUTING),
        Execute(command.id, Action(command.action)),
    )


def _refusal(
    memory: CommandMemory, topic_id: str, command: Command, device: str, now: datetime
) -> CommandRefusal | None:
    if command.device != device:
        return CommandRefusal.WRONG_DEVICE
    if command.id != topic_id:
        return CommandRefusal.WRONG_ID
    if command.expires <= max(now, memory.forgotten or now):
        return CommandRefusal.EXPIRED
    if command.action not in list(Action):
        return CommandRefusal.UNKNOWN
    if len(memory.remembered) >= MAX_REMEMBERED:
        return CommandRefusal.TOO_MANY
    return None


def _forget(memory: CommandMemory, now: datetime) -> CommandMemory:
    kept = tuple(r for r in memory.remembered if r.expires > now or r.result is None)
    dropped = [r.expires for r in memory.remembered if r not in kept]
    if memory.forgotten is not None:
        dropped.append(memory.forgotten)
    return CommandMemory(kept, max(dropped, default=None))


def _finished(
    memory: CommandMemory, id_: str, reason: str, device: str, now: datetime
) -> tuple[CommandMemory, tuple[CommandEffect, ...]]:
    if not any(r.id == id_ and r.result is None for r in memory.remembered):
        return memory, ()
    status = CommandStatus.FAILED if reason else CommandStatus.SUCCEEDED
    result = CommandResult(device, id_, status, reason, now)
    remembered = tuple(replace(r, result=result) if r.id == id_ else r for r in memory.remembered)
    return replace(memory, remembered=remembered), (Answer(result),)


def _restarted(
    memory: CommandMemory, device: str, now: datetime
) -> tuple[CommandMemory, tuple[CommandEffect, ...]]:
    effects: list[CommandEffect] = []
    for lost in [r.id for r in memory.remembered if r.result is None]:
        memory, answers = _finished(memory, lost, "the agent was restarted", device, now)
        effects.extend(answers)
    return memory, tuple(effects)
