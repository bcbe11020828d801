"""What the outbox relies on in a line to the broker, on the fake and on MQTT with a real broker."""

import queue
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from device_agent.adapters.mqtt import (
    Delivered,
    LineDown,
    LineUp,
    MqttEvent,
    MqttLink,
    MqttSettings,
)
from device_agent.wire.topics import EventTopic, StatusTopic, build
from tests.fakes.broker_line import FakeLine
from tests.integration.agent_town import DEVICE, Town, open_town

TOPIC = build(EventTopic(DEVICE, "alert-shown"))


class Line(Protocol):
    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> int | None: ...


class Rig(Protocol):
    line: Line
    posted: "queue.Queue[MqttEvent]"

    def connect(self) -> None: ...
    def mute(self) -> None: ...
    def lose(self) -> None: ...
    def answer(self) -> None: ...


class Fake:
    def __init__(self) -> None:
        self.posted: queue.Queue[MqttEvent] = queue.Queue()
        self.fake = FakeLine(self.posted.put)
        self.line: Line = self.fake
        self.connect, self.lose, self.answer = self.fake.connect, self.fake.lose, self.fake.answer

    def mute(self) -> None:
        """It says nothing unless told to."""


class Real:
    def __init__(self, town: Town) -> None:
        identity = town.city.device(DEVICE)
        settings = MqttSettings(
            "127.0.0.1", town.broker_port, identity.authority, identity.certificate, identity.key,
            DEVICE, build(StatusTopic(DEVICE)), b"{}",
        )  # fmt: skip
        self.posted: queue.Queue[MqttEvent] = queue.Queue()
        self.town = town
        self.link = MqttLink(settings, self.posted.put)
        self.line: Line = self.link
        self.started = False

    def connect(self) -> None:
        self.town.start_broker()
        if not self.started:
            self.link.start(())
            self.started = True

    def mute(self) -> None:
        self.town.processes[-1].send_signal(signal.SIGSTOP)

    def lose(self) -> None:
        self.town.processes[-1].kill()
        self.town.processes[-1].wait()

    def answer(self) -> None:
        """The broker answers by itself."""


@pytest.fixture(params=["fake", "real"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "fake":
        yield Fake()
        return
    with open_town(tmp_path) as town:
        real = Real(town)
        yield real
        real.link.close(build(StatusTopic(DEVICE)), b"{}")


def wait_for(rig: Rig, wanted: MqttEvent) -> list[MqttEvent]:
    """What came before the wanted event."""
    before: list[MqttEvent] = []
    while (event := rig.posted.get(timeout=20)) != wanted:
        before.append(event)
    return before


def test_nothing_is_taken_while_there_is_no_line(rig: Rig) -> None:
    assert rig.line.publish(TOPIC, b"{}") is None
    rig.connect()
    wait_for(rig, LineUp())
    rig.lose()
    wait_for(rig, LineDown())
    assert rig.line.publish(TOPIC, b"{}") is None


def test_what_is_taken_is_delivered_under_its_own_id(rig: Rig) -> None:
    rig.connect()
    wait_for(rig, LineUp())
    mids = [rig.line.publish(TOPIC, b"{}") for _ in range(5)]
    assert len(set(mids)) == 5
    rig.answer()
    delivered = [rig.posted.get(timeout=20) for _ in mids]
    assert delivered == [Delivered(mid) for mid in mids if mid is not None]


def test_what_is_under_way_when_the_line_breaks_is_delivered_on_the_next(rig: Rig) -> None:
    rig.connect()
    wait_for(rig, LineUp())
    rig.mute()
    mid = rig.line.publish(TOPIC, b"{}")
    assert mid is not None
    rig.lose()
    assert Delivered(mid) not in wait_for(rig, LineDown())
    rig.connect()
    assert Delivered(mid) not in wait_for(rig, LineUp())
    rig.answer()
    wait_for(rig, Delivered(mid))
