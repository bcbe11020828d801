"""The agent as a process: one thread takes from the inbox, decides, and has the effects done."""

import logging
import queue
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from device_agent.adapters import local_server
from device_agent.adapters.local_server import LocalServer
from device_agent.adapters.memory_file import MemoryFile
from device_agent.adapters.mqtt import (
    Delivered,
    LineDown,
    LineUp,
    Message,
    MqttEvent,
    MqttLink,
    NotTaken,
    Receipt,
)
from device_agent.adapters.outbox import Outbox
from device_agent.adapters.slot_steps import SlotSteps
from device_agent.adapters.slots import Slots
from device_agent.adapters.statements import Statements
from device_agent.adapters.worker import KeysKnown, Worker
from device_agent.core import agent as decisions
from device_agent.core.agent_words import (
    Agent,
    Connected,
    Effect,
    Event,
    FetchRelease,
    Hinted,
    Listen,
    Look,
    ProgramJoined,
    Programme,
    ProgramSaid,
    PublishAnswer,
    PublishReported,
    SaveMemory,
    Settings,
    SpoolEvent,
    Started,
    TellAll,
    TellOne,
    Tick,
)
from device_agent.core.clock import Clock
from device_agent.core.report import areas_of
from device_agent.core.update_states import Activate, Install, MarkBad, MarkGood, Reboot
from device_agent.link import watchdog
from device_agent.wire.command import encode_result
from device_agent.wire.reported import encode_reported
from device_agent.wire.status import Status, encode_status
from device_agent.wire.topics import (
    ReportedTopic,
    ResultTopic,
    StatusTopic,
    build,
    subscriptions,
)

logger = logging.getLogger(__name__)

EXIT_REBOOT = 75
"""The exit code that asks the supervisor to start the device again, from the slot chosen then."""
TICK = 0.25  # seconds
SAVE_AGAIN = 1.0  # seconds between two attempts while the disk refuses


@dataclass(frozen=True)
class Stop:
    """End, by a signal."""


Incoming = Event | MqttEvent | local_server.Joined | local_server.Said | KeysKnown | Stop


@dataclass(frozen=True)
class Doors:
    """Everything through which the agent touches the world."""

    line: MqttLink
    programs: LocalServer
    worker: Worker
    slots: Slots
    memory: MemoryFile
    outbox: Outbox
    statements: Statements


@dataclass(frozen=True)
class Habits:
    """What the process needs beside the core's settings."""

    groups: tuple[str, ...]
    poll_seconds: float
    since: datetime


def now() -> Clock:
    """The time."""
    return Clock(datetime.now(UTC), time.monotonic())


class App:
    """The deciding thread; everything else posts to `inbox`."""

    def __init__(
        self,
        settings: Settings,
        habits: Habits,
        doors: Doors,
        inbox: queue.SimpleQueue[Incoming],
        programme: Programme | None,
    ) -> None:
        self._habits = habits
        self._doors = doors
        self._inbox = inbox
        self._programme = programme
        self._agent: Agent = decisions.begin(settings, doors.memory.load(), now().ticks)
        self._steps = SlotSteps(doors.slots, doors.worker.do, self._reboot)
        self._saved = True
        self._warned = False
        self._next_save = 0.0
        self._unanswered: list[Receipt] = []
        self._exit: int | None = None
        self._next_tick = 0.0
        self._next_poll = time.monotonic() + habits.poll_seconds

    def run(self) -> int:
        """Serve until told to stop; the exit code."""
        doors = self._doors
        doors.programs.start()
        doors.worker.start()
        slots = doors.slots
        running = slots.running
        self._do(Started(running, slots.failed, slots.version(running), self._programme))
        if self._exit is None:
            doors.line.start(self._filters())
            watchdog.ready()
        while self._exit is None:
            self._turn()
        self._end()
        return self._exit

    def _turn(self) -> None:
        try:
            item = self._inbox.get(timeout=max(0.0, self._next_tick - time.monotonic()))
        except queue.Empty:
            item = None
        try:
            if item is not None:
                self._take(item)
            if time.monotonic() >= self._next_tick:
                self._pass_time()
        except Exception:  # outermost: a fault costs what was left to do about one message
            logger.exception("The agent has a fault; the rest of what came is dropped.")
        if isinstance(item, Message):
            self._unanswered.append(item.receipt)
            self._acknowledge()

    def _pass_time(self) -> None:
        instant = time.monotonic()
        self._next_tick = instant + TICK
        watchdog.alive()
        self._doors.line.revive()
        if instant >= self._next_save:
            self._save()
        if instant >= self._next_poll:
            self._next_poll = instant + self._habits.poll_seconds
            self._do(Hinted())
        self._do(Tick())

    def _acknowledge(self) -> None:
        """What came is the broker's no more, once all that follows from it is on the disk."""
        if self._saved:
            for receipt in self._unanswered:
                self._doors.line.acknowledge(receipt)
            self._unanswered.clear()

    def _take(self, item: Incoming) -> None:
        match item:
            case Message(topic, payload):
                self._read(((topic, payload),))
            case LineUp():
                self._line_up()
            case LineDown():
                self._do(Connected(online=False))
                self._doors.outbox.line_changed()
            case Delivered(mid):
                self._doors.outbox.delivered(mid)
            case NotTaken(mid):
                self._doors.outbox.not_taken(mid)
            case local_server.Joined(client):
                self._do(ProgramJoined(client))
            case local_server.Said(message):
                self._do(ProgramSaid(message))
            case KeysKnown(keys):
                self._read(self._doors.statements.renew(keys))
            case Stop():
                self._exit = 0
            case _:
                self._do(item)

    def _read(self, messages: Iterable[tuple[str, bytes]]) -> None:
        for topic, payload in messages:
            event = self._doors.statements.read(topic, payload)
            if event is not None:
                self._do(event)

    def _line_up(self) -> None:
        self._unanswered.clear()  # the broker sends them again
        settings = self._agent.settings
        status = Status(settings.device, True, settings.boot_id, self._habits.since)  # noqa: FBT003 - online
        topic = build(StatusTopic(settings.device))
        self._doors.line.publish(topic, encode_status(status), retain=True)
        self._do(Connected(online=True))
        self._doors.outbox.line_changed()

    def _filters(self) -> tuple[str, ...]:
        device = self._agent.settings.device
        return subscriptions(device, self._habits.groups, areas_of(self._agent))

    def _do(self, event: Event) -> None:
        before = self._agent.verdict.reasons
        self._agent, effects = decisions.step(self._agent, event, now())
        if (reasons := self._agent.verdict.reasons) != before:
            logger.info(
                "The device is %s", f"not well: {'; '.join(reasons)}" if reasons else "well"
            )
        for effect in effects:
            self._perform(effect)

    def _perform(self, effect: Effect) -> None:  # noqa: C901 - one for each effect
        match effect:
            case TellAll(message):
                self._doors.programs.tell_all(message)
            case TellOne(client, message):
                self._doors.programs.tell_one(client, message)
            case SaveMemory():
                self._saved = False
                self._save()
            case PublishReported(reported):
                topic = build(ReportedTopic(reported.device))
                self._doors.line.publish(topic, encode_reported(reported), retain=True)
            case PublishAnswer(result):
                topic = build(ResultTopic(result.device, result.id))
                self._doors.line.publish(topic, encode_result(result))
            case SpoolEvent(body):
                self._doors.outbox.add(body)
            case Look() | FetchRelease():
                self._doors.worker.do(effect)
            case Listen():
                self._doors.line.listen(self._filters())
            case Install() | Activate() | MarkGood() | MarkBad() | Reboot():
                self._steps.add(effect)
                if self._saved:
                    self._steps.go()
            case _ as unreachable:
                assert_never(unreachable)

    def _save(self) -> None:
        """Put the memory on the disk if it is not there, then do what waited for that."""
        self._next_save = time.monotonic() + SAVE_AGAIN
        if not self._saved:
            try:
                self._doors.memory.save(self._agent.memory)
            except OSError as error:
                if not self._warned:
                    logger.error("The memory cannot be saved, what needs it waits: %s", error)  # noqa: TRY400 - the disk's word is enough
                self._warned = True
                return
            self._saved, self._warned = True, False
        self._steps.go()
        self._acknowledge()

    def _reboot(self) -> None:
        self._exit = EXIT_REBOOT

    def _end(self) -> None:
        watchdog.stopping()
        settings = self._agent.settings
        status = Status(settings.device, False, settings.boot_id, self._habits.since)  # noqa: FBT003 - online
        self._doors.line.close(build(StatusTopic(settings.device)), encode_status(status))
        self._doors.worker.close()
        self._doors.programs.close()
