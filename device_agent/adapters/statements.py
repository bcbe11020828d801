"""Turns what came over MQTT into trusted events, or refuses it; it decides nothing else."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from device_agent.core.agent_words import (
    AlertArrived,
    CommandArrived,
    CommandNotTrusted,
    DesiredArrived,
    Event,
    Hinted,
    Refused,
)
from device_agent.wire import WireError, cap, command, desired
from device_agent.wire.hint import decode_hint
from device_agent.wire.topics import (
    AlertTopic,
    CommandTopic,
    DesiredTopic,
    EventTopic,
    HintTopic,
    MetricsTopic,
    ReportedTopic,
    ResultTopic,
    StatusTopic,
    Topic,
    parse,
)
from provisioning.trust import NotTrusted, Role, RoleKeys, open_envelope

logger = logging.getLogger(__name__)

MAX_PAYLOAD = 256 * 1024
MAX_HELD = 16


@dataclass(frozen=True)
class _Held:
    """A message that no key fits; `counted` once it was refused."""

    payload: bytes
    counted: bool


class KeysUnknown(NotTrusted):
    """The keys of a role are not here yet: what it signed can be neither trusted nor refused."""


class Statements:
    """The keys in force, and the messages that wait for other keys, some of them refused."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._keys: Mapping[Role, RoleKeys] = {}
        self._held: dict[str, _Held] = {}

    def renew(self, keys: Mapping[Role, RoleKeys]) -> tuple[tuple[str, bytes], ...]:
        """Take new keys; the messages to read once more are returned, if the keys changed."""
        if keys == self._keys:
            return ()
        self._keys = dict(keys)
        return tuple((topic, held.payload) for topic, held in self._held.items())

    def read(self, topic: str, payload: bytes) -> Event | None:
        """The event in a message; None for one that says nothing."""
        try:
            return self._read(parse(topic), topic, payload)
        except WireError as error:
            logger.warning("A message was refused: %s", error)
            return Refused("topic-unknown")

    def _read(self, topic: Topic, name: str, payload: bytes) -> Event | None:  # noqa: PLR0911 - one for each topic
        if not payload:
            return None  # a retained message was removed, which nobody signed
        if len(payload) > MAX_PAYLOAD:
            logger.warning("A message of %d bytes was refused.", len(payload))
            return Refused("message-too-long")
        match topic:
            case AlertTopic(area):
                return self._alert(area, name, payload)
            case DesiredTopic():
                return self._desired(name, payload)
            case CommandTopic(_, id_):
                return self._command(id_, payload)
            case HintTopic():
                return _hint(payload)
            case StatusTopic() | ReportedTopic() | ResultTopic() | EventTopic() | MetricsTopic():
                return Refused("topic-not-for-devices")
            case _ as unreachable:
                assert_never(unreachable)

    def _open(self, role: Role, payload: bytes, payload_type: str) -> bytes:
        keys = self._keys.get(role)
        if keys is None:
            raise KeysUnknown(f"The keys of role {role.value!r} are not known yet.")
        return open_envelope(payload, keys, payload_type, MAX_PAYLOAD)

    def _hold(self, topic: str, held: _Held) -> None:
        self._held.pop(topic, None)
        self._held[topic] = held
        while len(self._held) > MAX_HELD:
            del self._held[next(iter(self._held))]

    def _not_trusted(
        self, topic: str, payload: bytes, error: NotTrusted, reason: str
    ) -> Refused | None:
        """Keep it for other keys; it is refused once, and not before there are any keys."""
        known = self._held.get(topic)
        counted = known is not None and known.payload == payload and known.counted
        pending = isinstance(error, KeysUnknown)
        self._hold(topic, _Held(payload, counted or not pending))
        if pending:
            logger.info("A message on %s waits for its keys.", topic)
        if pending or counted:
            return None
        logger.warning("A message on %s was refused: %s", topic, error)
        return Refused(reason)

    def _alert(self, area: str, topic: str, payload: bytes) -> Event | None:
        try:
            xml = self._open(Role.ALERT, payload, cap.PAYLOAD_TYPE)
            self._held.pop(topic, None)
            return AlertArrived(area, cap.parse_cap(xml))
        except NotTrusted as error:
            return self._not_trusted(topic, payload, error, "alert-not-trusted")
        except WireError as error:
            logger.warning("An alert was refused: %s", error)
            return Refused("alert-malformed")

    def _desired(self, topic: str, payload: bytes) -> Event | None:
        try:
            document = self._open(Role.DESIRED, payload, desired.PAYLOAD_TYPE)
            self._held.pop(topic, None)
            return DesiredArrived(desired.decode_desired(document))
        except NotTrusted as error:
            return self._not_trusted(topic, payload, error, "desired-not-trusted")
        except WireError as error:
            logger.warning("A desired state was refused: %s", error)
            return Refused("desired-malformed")

    def _command(self, id_: str, payload: bytes) -> Event:
        try:
            document = self._open(Role.COMMAND, payload, command.PAYLOAD_TYPE)
            return CommandArrived(id_, command.decode_command(document))
        except (NotTrusted, WireError) as error:
            logger.warning("A command was refused: %s", error)
            return CommandNotTrusted(id_)


def _hint(payload: bytes) -> Event:
    try:
        decode_hint(payload)
    except WireError as error:
        logger.warning("A hint was refused: %s", error)
        return Refused("hint-malformed")
    return Hinted()
