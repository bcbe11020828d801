"""Says to the broker what goes down and hears what devices report; it signs and decides nothing."""

import logging
import queue
import socket
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from paho.mqtt.client import (
    MQTT_CLEAN_START_FIRST_ONLY,
    Client,
    ConnectFlags,
    DisconnectFlags,
    MQTTMessage,
    MQTTv5,
)
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from device_agent.wire.hint import Hint, encode_hint
from device_agent.wire.reported import Reported
from device_agent.wire.strict_json import WireError
from device_agent.wire.topics import (
    AlertTopic,
    DesiredTopic,
    HintTopic,
    ReportedTopic,
    StatusTopic,
    Topic,
    build,
)
from provisioning.console.answers import Answers
from provisioning.console.broker_address import BrokerAddress, identity_context
from provisioning.console.errors import BridgeError
from provisioning.console.heard import DeviceSaid, parse_said

logger = logging.getLogger(__name__)

DEADLINE_S: Final = 10.0
"""Seconds that a connection or an acknowledgement may take."""
INBOX: Final = 100_000
"""Reports that may wait; when it is full the newest are dropped, the next ones tell the same."""


class Bridge:
    """A connection to the broker as one of the city's own identities.

    Everything published is acknowledged by the broker (QoS 1) before a method returns. Methods may
    be called from any thread. After a loss the connection comes back by itself with the same
    subscriptions, and what waited for an acknowledgement is sent again.
    """

    def __init__(self, address: BrokerAddress, name: str, certificate: Path, key: Path) -> None:
        """Prepare a connection; `name` is the certificate's common name and the client id.

        Raises:
            BridgeError: the certificate or the key cannot be used.
        """
        self._address = address
        self._heard: queue.Queue[DeviceSaid] = queue.Queue(INBOX)
        self._watched: set[str] = set()
        self._answer: queue.Queue[ReasonCode] = queue.Queue()
        self._answers = Answers[ReasonCode]()
        self._granted = Answers[ReasonCode]()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTv5)
        self._client.tls_set_context(identity_context(address.authority, certificate, key))
        self._client.max_inflight_messages_set(100)
        self._client.max_queued_messages_set(10_000)
        self._client.reconnect_delay_set(1, 10)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_message = self._on_message
        self._client.on_publish = self._on_publish
        self._client.on_subscribe = self._on_subscribe
        self._client.on_socket_open = _without_delay

    def connect(self, deadline_s: float = DEADLINE_S) -> None:
        """Connect and wait for the broker's answer.

        Raises:
            BridgeError: no broker there, a certificate is not accepted, or no answer in time.
        """
        where = f"{self._address.host}:{self._address.port}"
        try:
            self._client.connect(
                self._address.host,
                self._address.port,
                keepalive=30,
                clean_start=MQTT_CLEAN_START_FIRST_ONLY,
            )
        except OSError as error:
            why = error.strerror or error
            raise BridgeError(
                f"The broker at {where} cannot be reached, nothing was said: {why}."
            ) from error
        self._client.loop_start()
        try:
            answer = self._answer.get(timeout=deadline_s)
        except queue.Empty as error:
            self.close()
            raise BridgeError(f"The broker at {where} did not answer in time.") from error
        if answer.is_failure:
            self.close()
            raise BridgeError(f"The broker at {where} refused the connection: {answer}.")

    def close(self) -> None:
        """Disconnect; published messages were acknowledged before."""
        self._client.disconnect()
        self._client.loop_stop()

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def say_desired(self, device: str, envelope: bytes) -> None:
        """Retain the signed desired state of one device.

        Raises:
            BridgeError: the broker did not take it in time.
        """
        self._publish(DesiredTopic(device), envelope)

    def say_alert(self, area: str, envelope: bytes) -> None:
        """Retain the signed CAP message of one area.

        Raises:
            BridgeError: the broker did not take it in time.
        """
        self._publish(AlertTopic(area), envelope)

    def say_hint(self, group: str, what: str = "content") -> None:
        """Retain a hint that there is something new for a group.

        Raises:
            BridgeError: the broker did not take it in time.
        """
        self._publish(HintTopic(group), encode_hint(Hint(what)))

    def watch(self, devices: Iterable[str]) -> None:
        """Listen to what these devices report: the retained state first, then all they say.

        Without a connection the broker is asked when it is back.

        Raises:
            BridgeError: a name is not a device's, or the broker did not grant it in time.
        """
        asked: list[tuple[str, int]] = []
        for device in devices:
            try:
                topics = [build(ReportedTopic(device)), build(StatusTopic(device))]
            except WireError as error:
                raise BridgeError(str(error)) from error
            self._watched.update(topics)
            for topic in topics:
                _, message = self._client.subscribe(topic, qos=1)
                if message is not None:
                    asked.append((topic, message))
        for topic, message in asked:
            answer = self._granted.await_answer(message, DEADLINE_S)
            if answer is None or answer.is_failure:
                raise BridgeError(f"The broker does not let us hear {topic}: {answer or 'silent'}.")

    def next_said(self, deadline_s: float) -> DeviceSaid | None:
        """The next statement of a watched device, or None after `deadline_s` seconds without."""
        try:
            return self._heard.get(timeout=max(deadline_s, 0.0))
        except queue.Empty:
            return None

    def await_reported(self, device: str, serial: int, deadline_s: float) -> Reported | None:
        """Wait until a watched device reports a desired state of `serial` or later in force.

        Other statements that arrive meanwhile are dropped. None when `deadline_s` has passed.
        """
        end = time.monotonic() + deadline_s
        while (left := end - time.monotonic()) > 0:
            said = self.next_said(left)
            if said is None or said.device != device or not isinstance(said.statement, Reported):
                continue
            if said.statement.desired_serial >= serial:
                return said.statement
        return None

    def _publish(self, topic: Topic, payload: bytes) -> None:
        try:
            name = build(topic)
        except WireError as error:
            raise BridgeError(str(error)) from error
        message = self._client.publish(name, payload, qos=1, retain=True)
        if message.rc is MQTTErrorCode.MQTT_ERR_QUEUE_SIZE:
            raise BridgeError(f"Too many messages wait for the broker; {name} was not said.")
        answer = self._answers.await_answer(message.mid, DEADLINE_S)
        if answer is None:
            raise BridgeError(f"The broker has not taken the message for {name} yet.")
        if answer.is_failure:
            raise BridgeError(f"The broker refused the message for {name}: {answer}.")

    def _on_publish(
        self,
        _client: Client,
        _data: object,
        message: int,
        answer: ReasonCode,
        _properties: Properties,
    ) -> None:
        self._answers.answered(message, answer)

    def _on_subscribe(
        self,
        _client: Client,
        _data: object,
        message: int,
        answers: list[ReasonCode],
        _properties: Properties | None,
    ) -> None:
        self._granted.answered(message, answers[0])

    def _on_connect(
        self,
        client: Client,
        _data: object,
        _flags: ConnectFlags,
        answer: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if self._answer.empty():
            self._answer.put(answer)
        for topic in sorted(self._watched):
            _, message = client.subscribe(topic, qos=1)
            if message is not None:
                self._granted.abandon(message)

    def _on_disconnect(
        self,
        _client: Client,
        _data: object,
        _flags: DisconnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            logger.warning("The connection to the broker was lost: %s.", reason)

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        try:
            said = parse_said(message.topic, bytes(message.payload))
            self._heard.put_nowait(said)
        except WireError as error:
            logger.warning("A device's statement was refused: %s", error)
        except queue.Full:
            logger.warning("Too many reports wait; the one on %s is dropped.", message.topic)


def _without_delay(_client: Client, _data: object, opened: object) -> None:
    """Send small messages at once (paho leaves Nagle's algorithm on)."""
    if isinstance(opened, socket.socket):
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
