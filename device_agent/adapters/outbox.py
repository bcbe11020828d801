"""Sends spooled events while there is a line, a window at a time, until each is acknowledged."""

from collections.abc import Callable

from device_agent.adapters.spool import Spool
from device_agent.wire.event import EventBody, encode_event, kind_of
from device_agent.wire.topics import EventTopic, build

WINDOW = 50

Publish = Callable[[str, bytes], int | None]


class Outbox:
    """Between the spool and the line; used by one thread."""

    def __init__(self, spool: Spool, device: str, publish: Publish) -> None:
        self._spool = spool
        self._device = device
        self._publish = publish
        self._sent = 0
        self._under_way: dict[int, int] = {}

    def add(self, body: EventBody) -> None:
        """Keep an event and send what the window allows."""
        self._spool.add(body)
        self.pump()

    def line_changed(self) -> None:
        """The line is new or gone; what is under way the line itself sends again."""
        self._sent = 0
        self.pump()

    def delivered(self, mid: int) -> None:
        """The broker acknowledged a message, perhaps one of ours."""
        number = self._under_way.pop(mid, None)
        if number is not None:
            self._spool.remove(number)
            self.pump()

    def not_taken(self, mid: int) -> None:
        """The broker refused a message, perhaps one of ours; the next line gets it again."""
        if self._under_way.pop(mid, None) is not None:
            self.pump()

    def pump(self) -> None:
        """Send what the window allows."""
        if len(self._under_way) >= WINDOW:
            return
        for event in self._spool.waiting(self._sent, WINDOW):
            if len(self._under_way) >= WINDOW:
                return
            if event.number in self._under_way.values():
                continue
            topic = build(EventTopic(self._device, kind_of(event.body)))
            mid = self._publish(topic, encode_event(event))
            if mid is None:
                return
            self._under_way[mid] = event.number
            self._sent = event.number
