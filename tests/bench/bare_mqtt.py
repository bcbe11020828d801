"""The floor of everything that goes over MQTT: one message to oneself, no work of ours in it."""

import queue
import socket
import ssl
import time

from paho.mqtt.client import Client, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from provisioning.enroll import ROLLOUT
from tests.demo.running import Demo

TOPIC = "om/v1/g/bench/hint"
SIZE = 2000  # bytes, about a signed alert


def round_trips(demo: Demo, count: int) -> list[float]:
    """Milliseconds from publish to the arrival at the same client, over mutual TLS, QoS 1."""
    arrived: queue.Queue[float] = queue.Queue()
    client = _client(demo, arrived)
    try:
        return [_one(client, arrived) for _ in range(count)]
    finally:
        client.disconnect()
        client.loop_stop()


def _client(demo: Demo, arrived: "queue.Queue[float]") -> Client:
    identity = demo.city.operator(ROLLOUT)
    client = Client(CallbackAPIVersion.VERSION2, client_id=ROLLOUT, protocol=MQTTv5)
    context = ssl.create_default_context(cafile=str(identity.authority))
    context.load_cert_chain(identity.certificate, identity.key)
    client.tls_set_context(context)
    ready: queue.Queue[str] = queue.Queue()
    client.on_subscribe = lambda *_: ready.put("subscribed")
    client.on_message = lambda *_: arrived.put(time.monotonic())
    client.on_connect = lambda connected, *_: connected.subscribe(TOPIC, 1)
    client.connect("127.0.0.1", demo.place.ports.broker)
    opened = client.socket()
    if isinstance(opened, ssl.SSLSocket):
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.loop_start()
    ready.get(timeout=10)
    return client


def _one(client: Client, arrived: "queue.Queue[float]") -> float:
    begun = time.monotonic()
    client.publish(TOPIC, b"x" * SIZE, qos=1)
    return 1000 * (arrived.get(timeout=10) - begun)
