"""A line to a broker without MQTT: what is published waits until `answer`, as on the real one."""

from collections.abc import Callable
from itertools import count

from device_agent.adapters.mqtt import Delivered, LineDown, LineUp, MqttEvent


class FakeLine:
    """`sent` holds each topic as often as it went out; `post` hears what MqttLink would post."""

    def __init__(self, post: Callable[[MqttEvent], None]) -> None:
        self.sent: list[str] = []
        self._post = post
        self._up = False
        self._ids = count(1)
        self._waiting: dict[int, str] = {}

    def connect(self) -> None:
        self._up = True
        self.sent += self._waiting.values()
        self._post(LineUp())

    def lose(self) -> None:
        self._up = False
        self._post(LineDown())

    def answer(self) -> None:
        while self._up and self._waiting:
            mid = next(iter(self._waiting))
            del self._waiting[mid]
            self._post(Delivered(mid))

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> int | None:
        del payload, retain
        if not self._up:
            return None
        mid = next(self._ids)
        self._waiting[mid] = topic
        self.sent.append(topic)
        return mid
