"""Speaks MQTT 5 with the city's broker over mutual TLS; it understands nothing it carries.

Only this module knows paho. Its thread connects for ever; a message is acknowledged only when the
agent says so, after it saved what follows from it.
"""

import contextlib
import logging
import random
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

logger = logging.getLogger(__name__)

FIRST_RETRY = 0.2  # seconds, before jitter of up to half of it
LAST_RETRY = 10.0
STEADY = 5.0  # seconds a connection must last to count; shorter ones do not end the back-off
SESSION_EXPIRY = 7 * 24 * 3600  # seconds the broker keeps what is queued for the device
MAX_PACKET = 300 * 1024  # bytes; the broker must not send more
KEEPALIVE = 15  # seconds
FLUSH_TIMEOUT = 2.0  # seconds for the last words before the line is closed


@dataclass(frozen=True)
class MqttSettings:
    """Where the broker is, who the device is, and what the broker says when it is gone."""

    host: str
    port: int
    ca: Path
    certificate: Path
    key: Path
    device: str
    will_topic: str
    will: bytes


@dataclass(frozen=True)
class LineUp:
    """The broker took the connection."""


@dataclass(frozen=True)
class LineDown:
    """The connection is gone."""


@dataclass(frozen=True)
class Receipt:
    """What is needed to acknowledge a message: on which connection it came, and its id there."""

    connection: int
    mid: int
    qos: int


@dataclass(frozen=True)
class Message:
    """A message came."""

    topic: str
    payload: bytes
    receipt: Receipt


@dataclass(frozen=True)
class Delivered:
    """The broker acknowledged the message that `publish` gave this id."""

    mid: int


@dataclass(frozen=True)
class NotTaken:
    """The broker refused the message that `publish` gave this id."""

    mid: int


MqttEvent = LineUp | LineDown | Message | Delivered | NotTaken


class MqttLink:
    """The line to the broker; `post` is called in its thread.

    Raises:
        OSError: a certificate or key file is missing or unusable.
    """

    def __init__(self, settings: MqttSettings, post: Callable[[MqttEvent], None]) -> None:
        self._settings = settings
        self._post = post
        self._filters: tuple[str, ...] = ()
        self._connection = 0
        self._attempts = 0
        self._up_since: float | None = None
        self._failure = ""
        self._client = self._make_client()

    def _make_client(self) -> Client:
        settings = self._settings
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=settings.device,
            protocol=MQTTProtocolVersion.MQTTv5,
            manual_ack=True,
        )
        context = ssl.create_default_context(cafile=str(settings.ca))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(settings.certificate, settings.key)
        client.tls_set_context(context)
        client.will_set(settings.will_topic, settings.will, qos=1, retain=True)
        client.max_inflight_messages_set(100)
        client.on_socket_open = _no_delay
        client.on_connect = self._on_connect
        client.on_connect_fail = lambda *_: self._on_connect_fail()
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        return client

    def start(self, filters: Iterable[str]) -> None:
        """Begin to connect, for ever; subscribe to the filters each time."""
        self._filters = tuple(filters)
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho forgot it
        properties.SessionExpiryInterval = SESSION_EXPIRY
        properties.MaximumPacketSize = MAX_PACKET
        self._client.connect_async(
            self._settings.host,
            self._settings.port,
            keepalive=KEEPALIVE,
            clean_start=False,
            properties=properties,
        )
        self._client.loop_start()

    def revive(self) -> None:
        """Start the line's thread again if a broker's nonsense ended it; call it now and then."""
        self._client.loop_start()  # does nothing while the thread lives

    def listen(self, filters: Iterable[str]) -> None:
        """Replace the subscriptions."""
        wanted = tuple(filters)
        gone = [old for old in self._filters if old not in wanted]
        new = [topic for topic in wanted if topic not in self._filters]
        self._filters = wanted
        if gone:
            self._client.unsubscribe(gone)
        if new:
            self._client.subscribe([(topic, 1) for topic in new])

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> int | None:
        """Send at QoS 1; the id that `Delivered` will name, or None while there is no line."""
        if not self._client.is_connected():
            return None
        info = self._client.publish(topic, payload, qos=1, retain=retain)
        return info.mid if info.rc == MQTTErrorCode.MQTT_ERR_SUCCESS else None

    def acknowledge(self, receipt: Receipt) -> None:
        """Tell the broker that a message needs not come again."""
        if receipt.connection == self._connection:
            self._client.ack(receipt.mid, receipt.qos)

    def close(self, topic: str, farewell: bytes) -> None:
        """Send the retained last words, give them a moment, and end the line."""
        if self._client.is_connected():
            info = self._client.publish(topic, farewell, qos=1, retain=True)
            with contextlib.suppress(RuntimeError, ValueError):  # the line broke meanwhile
                info.wait_for_publish(FLUSH_TIMEOUT)
        self._client.disconnect()
        ending = threading.Thread(target=self._client.loop_stop, daemon=True)
        ending.start()
        ending.join(FLUSH_TIMEOUT)

    def _plan_retry(self) -> None:
        delay = min(FIRST_RETRY * 2**self._attempts, LAST_RETRY)
        self._attempts = min(self._attempts + 1, 16)
        delay *= random.uniform(0.5, 1.5) if self._attempts > 1 else 1.0  # noqa: S311 - jitter, no secret
        self._client.reconnect_delay_set(delay, delay)

    def _on_connect_fail(self) -> None:
        failure = str(sys.exception() or "unknown")  # paho calls this while it handles the error
        if failure != self._failure:
            logger.warning("The broker cannot be reached: %s", failure)
            self._failure = failure
        self._plan_retry()

    def _on_connect(
        self, client: Client, _data: object, _flags: ConnectFlags, code: ReasonCode, _props: object
    ) -> None:
        if code.is_failure:
            logger.warning("The broker refused the connection: %s", code)
            return
        self._up_since = time.monotonic()
        self._failure = ""
        self._connection += 1
        if self._filters:
            client.subscribe([(topic, 1) for topic in self._filters])
        self._post(LineUp())

    def _on_disconnect(
        self, _client: Client, _data: object, _flags: DisconnectFlags, code: ReasonCode, _p: object
    ) -> None:
        logger.info("The line to the broker is down: %s", code)
        if self._up_since is not None and time.monotonic() - self._up_since >= STEADY:
            self._attempts = 0
        self._up_since = None
        self._plan_retry()
        self._post(LineDown())

    def _on_publish(
        self, _client: Client, _data: object, mid: int, code: ReasonCode, _props: Properties
    ) -> None:
        if code.is_failure:
            logger.warning("The broker did not take a message: %s", code)
        self._post(NotTaken(mid) if code.is_failure else Delivered(mid))

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        receipt = Receipt(self._connection, message.mid, message.qos)
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = ""
        self._post(Message(topic, bytes(message.payload), receipt))


def _no_delay(_client: Client, _data: object, line: object) -> None:
    if isinstance(line, socket.socket):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
