"""Attacks on the real broker: speaking and listening as another, wrong certificates."""

import queue
import shutil
import signal
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from paho.mqtt.client import Client, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from provisioning.city import City
from provisioning.enroll import BRIDGE, DESK, Credentials
from provisioning.founding import enroll, revoke
from tests.integration.city_services import NOW, new_city, running_broker

if TYPE_CHECKING:
    from paho.mqtt.reasoncodes import ReasonCode

NOT_AUTHORIZED = 0x87
TAKEN = (0x00, 0x10)  # MQTT 5: success, no matching subscribers
MINE, OTHER = "lobby-001", "infobox-001"


@pytest.fixture(name="city", scope="module")
def _city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    city = new_city(tmp_path_factory.mktemp("city") / "city")
    for device in (MINE, OTHER):
        enroll(city, device, NOW)
    with running_broker(city):
        yield city


class Attacker:
    """A plain MQTT client with some identity and what it was told."""

    def __init__(self, city: City, identity: Credentials | None, client_id: str = "") -> None:
        self.heard: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.answers: queue.Queue[ReasonCode] = queue.Queue()
        self.lost: queue.Queue[ReasonCode] = queue.Queue()
        self.client = Client(CallbackAPIVersion.VERSION2, client_id=client_id, protocol=MQTTv5)
        context = ssl.create_default_context(cafile=city.authority / "cert.pem")
        if identity:
            context.load_cert_chain(identity.certificate, identity.key)
        self.client.tls_set_context(context)
        self.client.on_connect = lambda _c, _d, _f, answer, _p: self.answers.put(answer)
        self.client.on_disconnect = lambda _c, _d, _f, reason, _p: self.lost.put(reason)
        self.client.on_message = lambda _c, _d, m: self.heard.put((m.topic, bytes(m.payload)))
        self.client.on_publish = lambda _c, _d, _m, answer, _p: self.answers.put(answer)
        self.client.on_subscribe = lambda _c, _d, _m, answers, _p: self.answers.put(answers[0])

    def connect(self, port: int) -> None:
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        assert self.answer() == 0

    def answer(self) -> int:
        return self.answers.get(timeout=5).value

    def say(self, topic: str, retain: bool = True) -> int:  # noqa: FBT001, FBT002 - as in MQTT
        self.client.publish(topic, b"forged", qos=1, retain=retain)
        return self.answer()

    def listen(self, topic: str) -> None:
        self.client.subscribe(topic, qos=1)
        self.answer()


@contextmanager
def _attacker(city: City, identity: Credentials, client_id: str = "") -> Iterator[Attacker]:
    attacker = Attacker(city, identity, client_id)
    try:
        attacker.connect(city.settings.broker_port)
        yield attacker
    finally:
        attacker.client.disconnect()
        attacker.client.loop_stop()


@pytest.mark.parametrize(
    "topic",
    [
        f"om/v1/d/{OTHER}/status",
        f"om/v1/d/{OTHER}/reported",
        f"om/v1/d/{OTHER}/res/1",
        f"om/v1/d/{OTHER}/event/alarm",
        f"om/v1/d/{OTHER}/metrics",
        f"om/v1/d/{OTHER}/desired",
        f"om/v1/d/{OTHER}/cmd/1",
        f"om/v1/d/{MINE}/desired",
        f"om/v1/d/{MINE}/cmd/1",
        f"om/v1/d/{MINE}/other",
        f"om/v1/d/{MINE}/res/1/2",
        f"om/v1/d/{MINE}",
        "om/v1/g/lobby/hint",
        "om/v1/alert/liberec",
        "om/v2/d/x",
        "anything",
    ],
)
def test_a_device_says_what_is_not_its_own(city: City, topic: str) -> None:
    with (
        _attacker(city, city.operator(BRIDGE)) as ear,
        _attacker(city, city.device(MINE)) as attacker,
    ):
        ear.listen("#")
        assert attacker.say(topic) == NOT_AUTHORIZED
        assert attacker.say(f"om/v1/d/{MINE}/metrics", retain=False) in TAKEN
        assert ear.heard.get(timeout=5)[0] == f"om/v1/d/{MINE}/metrics"


def test_a_device_says_its_own(city: City) -> None:
    with _attacker(city, city.device(MINE)) as device:
        for kind in ("status", "reported", "res/1", "event/alarm", "metrics"):
            assert device.say(f"om/v1/d/{MINE}/{kind}", retain=False) in TAKEN


@pytest.mark.parametrize("listen", ["#", f"om/v1/d/{OTHER}/#", "om/v1/d/+/desired", "$SYS/#"])
def test_a_device_listens_to_another(city: City, listen: str) -> None:
    with (
        _attacker(city, city.device(OTHER)) as other,
        _attacker(city, city.device(MINE)) as attacker,
        _attacker(city, city.operator(DESK)) as desk,
    ):
        attacker.listen(listen)
        attacker.listen("om/v1/alert/+")
        assert other.say(f"om/v1/d/{OTHER}/event/secret", retain=False) in TAKEN
        assert desk.say(f"om/v1/d/{OTHER}/desired", retain=False) in TAKEN
        assert desk.say("om/v1/alert/liberec", retain=False) in TAKEN
        assert attacker.heard.get(timeout=5)[0] == "om/v1/alert/liberec"


def test_a_device_takes_over_anothers_session_by_its_client_id(city: City) -> None:
    with (
        _attacker(city, city.device(OTHER), OTHER) as other,
        _attacker(city, city.device(MINE), OTHER),
    ):
        assert other.say(f"om/v1/d/{OTHER}/metrics", retain=False) in TAKEN
        assert other.lost.empty()


def test_a_device_leaves_a_last_will_in_anothers_name(city: City) -> None:
    with _attacker(city, city.operator(BRIDGE)) as ear:
        ear.listen("#")
        attacker = Attacker(city, city.device(MINE))
        attacker.client.will_set(f"om/v1/d/{OTHER}/status", b"forged", qos=1, retain=True)
        attacker.client.connect("127.0.0.1", city.settings.broker_port)
        attacker.client.loop_start()
        attacker.answers.get(timeout=5)
        opened = attacker.client.socket()
        assert isinstance(opened, ssl.SSLSocket)
        attacker.client.loop_stop()
        opened.close()
        with _attacker(city, city.device(MINE)) as device:
            assert device.say(f"om/v1/d/{MINE}/metrics", retain=False) in TAKEN
        assert {ear.heard.get(timeout=5)[0]} == {f"om/v1/d/{MINE}/metrics"}


def _refused(city: City, identity: Credentials | None) -> None:
    assert not _is_let_in(city, identity)


def _is_let_in(city: City, identity: Credentials | None) -> bool:
    attacker = Attacker(city, identity)
    try:
        attacker.client.connect("127.0.0.1", city.settings.broker_port)
        attacker.client.loop_start()
        return attacker.answers.get(timeout=0.7) == 0
    except (OSError, queue.Empty):
        return False
    finally:
        attacker.client.disconnect()
        attacker.client.loop_stop()


def test_a_certificate_of_another_authority(city: City, tmp_path: Path) -> None:
    _refused(city, enroll(new_city(tmp_path / "other"), MINE, NOW))


def test_no_certificate(city: City) -> None:
    _refused(city, None)


def test_a_servers_certificate_as_a_client(city: City) -> None:
    _refused(city, city.server("gateway"))


def test_a_revoked_certificate_once_the_broker_was_told(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    for device in (MINE, "stolen-001"):
        enroll(city, device, NOW)
    kept = Credentials(shutil.copytree(city.device("stolen-001").folder, tmp_path / "kept"))
    with running_broker(city) as broker:
        with _attacker(city, kept):
            revoke(city, "stolen-001", NOW)
        broker.send_signal(signal.SIGHUP)
        assert not all(_is_let_in(city, kept) for _ in range(100))  # it reads when it gets to it
        _refused(city, kept)
        with _attacker(city, city.device(MINE)):
            pass


def test_an_oversized_message(city: City) -> None:
    with _attacker(city, city.device(MINE)) as attacker:
        attacker.client.publish(f"om/v1/d/{MINE}/metrics", b"x" * 600_000, qos=1)
        assert attacker.lost.get(timeout=5).value != 0
