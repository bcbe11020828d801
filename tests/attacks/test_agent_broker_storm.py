"""A broker that takes every connection and drops it: the device must not hammer at it."""

import contextlib
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from device_agent.adapters.mqtt import FIRST_RETRY, MqttEvent, MqttLink, MqttSettings
from device_agent.wire.topics import StatusTopic, build
from provisioning.city import City
from tests.integration.agent_town import DEVICE, open_town

CONNACK = bytes([0x20, 3, 0, 0, 0])  # MQTT 5, section 3.2: success, no properties
CONNECTIONS = 6


@contextlib.contextmanager
def dropping_broker(city: City, came: "queue.Queue[float]") -> Iterator[int]:
    identity = city.server("broker")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    ended = threading.Event()

    def serve(listener: socket.socket) -> None:
        while not ended.is_set():
            with contextlib.suppress(OSError):
                raw, _ = listener.accept()
                with raw, context.wrap_socket(raw, server_side=True) as line:
                    line.recv(4096)
                    line.sendall(CONNACK)
                    came.put(time.monotonic())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            ended.set()
            thread.join()


def test_a_broker_that_drops_each_connection(tmp_path: Path) -> None:
    came: queue.Queue[float] = queue.Queue()
    posted: queue.SimpleQueue[MqttEvent] = queue.SimpleQueue()
    with open_town(tmp_path) as town, dropping_broker(town.city, came) as port:
        identity = town.city.device(DEVICE)
        link = MqttLink(
            MqttSettings(
                "127.0.0.1", port, identity.authority, identity.certificate, identity.key,
                DEVICE, build(StatusTopic(DEVICE)), b"{}",
            ),
            posted.put,
        )  # fmt: skip
        link.start(())
        instants = [came.get(timeout=60) for _ in range(CONNECTIONS)]
        link.close(build(StatusTopic(DEVICE)), b"{}")
    assert (
        instants[-1] - instants[-2] > 4 * FIRST_RETRY
    )  # at least: 2**4 times, less half by jitter
