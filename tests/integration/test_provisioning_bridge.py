"""The bridge, the statements and a rollout over the real broker; the devices here only report."""

import queue
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from device_agent.wire.cap import MsgType, Severity, parse_cap
from device_agent.wire.desired import DesiredState, decode_desired
from device_agent.wire.reported import (
    Reported,
    ReportedUpdate,
    ReportedVerdict,
    UpdatePhase,
    encode_reported,
)
from device_agent.wire.topics import AlertTopic, DesiredTopic, HintTopic, ReportedTopic, build
from provisioning.__main__ import FAILED, main
from provisioning.city import City
from provisioning.commands.rollout import ABORTED
from provisioning.console import (
    AlertOrder,
    AlertText,
    Bridge,
    BridgeError,
    BrokerAddress,
    DesiredChange,
)
from provisioning.durable_file import write_durable
from provisioning.enroll import DESK
from provisioning.fleet import Phase, Plan
from provisioning.founding import enroll
from provisioning.publish import read_published
from provisioning.roll_out import roll_out
from provisioning.trust import CAP_TYPE, DESIRED_TYPE, Role, open_envelope, role_keys
from tests.integration.city_services import NOW, new_city, running_broker

DEVICE = "lobby-001"
IDLE = ReportedUpdate(UpdatePhase.IDLE, "", "")


@pytest.fixture(name="city", scope="module")
def _city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    city = new_city(tmp_path_factory.mktemp("city") / "city")
    for number in range(1, 5):
        enroll(city, f"lobby-00{number}", NOW)
    with running_broker(city):
        yield city


class Device:
    """A device that says what it is told to say and notes what it hears."""

    def __init__(self, city: City, name: str) -> None:
        self.city, self.name = city, name
        self.heard: queue.Queue[MQTTMessage] = queue.Queue()
        self.outcome = UpdatePhase.COMMITTED
        self.client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTv5)
        identity = city.device(name)
        context = ssl.create_default_context(cafile=identity.authority)
        context.load_cert_chain(identity.certificate, identity.key)
        self.client.tls_set_context(context)
        self.client.on_message = lambda _c, _d, message: self._hear(message)
        self.client.on_connect = lambda client, *_: client.subscribe(
            [(build(DesiredTopic(name)), 1), ("om/v1/alert/+", 1), ("om/v1/g/+/hint", 1)]
        )

    def _hear(self, message: MQTTMessage) -> None:
        self.heard.put(message)
        if message.topic == build(DesiredTopic(self.name)):
            state = decode_desired(_opened(self.city, Role.DESIRED, message.payload, DESIRED_TYPE))
            self.report(state)

    def report(self, state: DesiredState) -> None:
        """Say that the desired state is in force, its release with the outcome set."""
        version = state.release.version if state.release else "1.0"
        good = self.outcome is UpdatePhase.COMMITTED
        update = ReportedUpdate(self.outcome, version, "" if good else "VZOR")
        report = _report(self.name, update if state.release else IDLE, state.serial)
        report = replace(report, release=version if good else "1.0")
        self.client.publish(
            build(ReportedTopic(self.name)), encode_reported(report), qos=1, retain=True
        )


def _report(name: str, update: ReportedUpdate, serial: int) -> Reported:
    verdict = ReportedVerdict(healthy=True, reasons=())
    return Reported(name, "b", "1", "A", "1.0", update, None, verdict, serial, (), ())


@contextmanager
def _device(city: City, name: str) -> Iterator[Device]:
    device = Device(city, name)
    device.client.connect("127.0.0.1", city.settings.broker_port)
    device.client.loop_start()
    try:
        yield device
    finally:
        device.client.disconnect()
        device.client.loop_stop()


def _opened(city: City, role: Role, envelope: bytes | bytearray, kind: str) -> bytes:
    keys = role_keys(read_published(city.repository).targets, role)
    return open_envelope(bytes(envelope), keys, kind)


def _order(**changes: object) -> AlertOrder:
    texts = (
        AlertText("cs", "Povodeň", "Nisa stoupá", "VZOR", "Odejděte z nábřeží."),
        AlertText("en", "Flood", "The Nisa is rising", "SAMPLE", "Leave the embankment."),
    )
    order = AlertOrder("liberec", Severity.SEVERE, NOW + timedelta(hours=1), texts)
    return replace(order, **changes)  # type: ignore[arg-type] # the tests name its own fields


def test_a_desired_state_goes_down_and_its_report_comes_up(city: City) -> None:
    with city.bridge() as bridge, _device(city, DEVICE):
        bridge.watch([DEVICE])
        change = DesiredChange(channel="lobby", areas=("liberec",))
        first = city.set_desired(bridge, DEVICE, change, NOW)
        second = city.set_desired(bridge, DEVICE, DesiredChange(), NOW)
        assert second.state == replace(first.state, serial=first.state.serial + 1)
        report = bridge.await_reported(DEVICE, second.state.serial, 10)
        assert report is not None
        assert report.desired_serial == second.state.serial


def test_a_hint_is_heard_by_a_device(city: City) -> None:
    with city.bridge(DESK) as bridge, _device(city, DEVICE) as device:
        bridge.say_hint("lobby")
        assert _next(device, build(HintTopic("lobby"))) == b'{"what":"content"}'


def test_an_alert_is_raised_updated_and_cancelled(city: City) -> None:
    with city.bridge(DESK) as bridge, _device(city, DEVICE) as device:
        first = city.raise_alert(bridge, _order(), NOW)
        second = city.raise_alert(bridge, _order(severity=Severity.EXTREME), NOW)
        city.cancel_alert(bridge, "liberec", NOW)
        said = [_next(device, build(AlertTopic("liberec"))) for _ in range(3)]
        again = city.cancel_alert(bridge, "liberec", NOW)
        assert _next(device, build(AlertTopic("liberec"))) == said[2] == again.envelope
    alert, update, cancel = (
        parse_cap(_opened(city, Role.ALERT, envelope, CAP_TYPE)) for envelope in said
    )
    assert (alert.msg_type, alert.identifier) == (MsgType.ALERT, first.identifier)
    assert update.msg_type is MsgType.UPDATE
    assert [reference.identifier for reference in update.references] == [first.identifier]
    assert cancel.msg_type is MsgType.CANCEL
    ended = [reference.identifier for reference in cancel.references]
    assert ended == [first.identifier, second.identifier]


def _next(device: Device, topic: str) -> bytes:
    while (message := device.heard.get(timeout=10)).topic != topic:
        pass
    return bytes(message.payload)


def test_two_of_the_citys_programs_do_not_disconnect_each_other(city: City) -> None:
    with city.bridge() as bridge, city.bridge(DESK) as desk:
        desk.say_hint("a")
        bridge.say_hint("b")
        assert bridge.next_said(0.1) is None


def test_a_missing_broker_is_one_sentence(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    with pytest.raises(BridgeError, match="cannot be reached"):
        city.bridge().connect()


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*ssl.SSLSocket.*:pytest.PytestUnraisableExceptionWarning")
def test_a_broker_of_another_city_is_not_spoken_to(city: City, tmp_path: Path) -> None:
    other = new_city(tmp_path / "other")
    other = other.configure(replace(other.settings, broker_port=city.settings.broker_port))
    with pytest.raises(BridgeError, match="certificate verify failed"):
        other.bridge().connect()


def test_a_statement_that_the_broker_refuses_is_not_taken_for_said(city: City) -> None:
    identity = city.device("lobby-002")
    address = BrokerAddress("127.0.0.1", city.settings.broker_port, identity.authority)
    with (
        Bridge(address, "lobby-002", identity.certificate, identity.key) as bridge,
        pytest.raises(BridgeError, match=r"refused .*Not authorized"),
    ):
        bridge.say_alert("liberec", b"forged")


def test_a_statement_while_the_broker_restarts_is_said_when_it_is_back(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    bridge = city.bridge()
    try:
        with running_broker(city):
            bridge.connect()
        said = threading.Thread(target=bridge.say_hint, args=("lobby",))
        said.start()
        with running_broker(city):
            said.join(20)
            assert not said.is_alive()
    finally:
        bridge.close()


def test_what_the_broker_did_not_take_or_lost_is_said_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provisioning.console.bridge.DEADLINE_S", 0.3)
    city = new_city(tmp_path / "city")
    enroll(city, DEVICE, NOW)
    data = city.broker_configuration.parent / "data" / "mosquitto.db"
    bridge = city.bridge(DESK)
    try:
        with running_broker(city):
            bridge.connect()
            city.raise_alert(bridge, _order(), NOW)
        change = DesiredChange(channel="lobby")
        with pytest.raises(BridgeError, match=r"signed and saved; .* resend"):
            city.set_desired(bridge, DEVICE, change, NOW)
        with pytest.raises(BridgeError, match=r"signed and saved; .* resend"):
            city.cancel_alert(bridge, "liberec", NOW)
    finally:
        bridge.close()
    data.unlink()
    with running_broker(city), _device(city, DEVICE) as device:
        assert main(["resend", str(city.root)]) == 0
        said = _next(device, build(AlertTopic("liberec")))
        assert parse_cap(_opened(city, Role.ALERT, said, CAP_TYPE)).msg_type is MsgType.CANCEL
        said = _next(device, build(DesiredTopic(DEVICE)))
        assert decode_desired(_opened(city, Role.DESIRED, said, DESIRED_TYPE)).serial == 1


def test_one_damaged_file_does_not_hold_back_what_else_is_said_again(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin_at(city, DEVICE)
    spoilt = city.root / "alerts" / "aaa.cap.xml"
    write_durable(spoilt, b"<alert/>")
    with _device(city, DEVICE) as device:
        assert main(["resend", str(city.root)]) == FAILED
        assert _next(device, build(DesiredTopic(DEVICE)))
    spoilt.unlink()
    assert "aaa.cap.xml cannot be read" in capsys.readouterr().err


def test_an_identity_that_is_not_there(city: City) -> None:
    with pytest.raises(BridgeError, match="cannot be used"):
        city.bridge("city-nobody")


@pytest.mark.parametrize("name", ["#", "a/b", ""])
def test_a_name_that_is_no_topic_level(city: City, name: str) -> None:
    with city.bridge() as bridge:
        with pytest.raises(BridgeError, match="not a name"):
            bridge.say_hint(name)
        with pytest.raises(BridgeError, match="not a name"):
            bridge.watch([name])


def test_after_a_broker_restart_the_bridge_listens_again(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    enroll(city, DEVICE, NOW)
    bridge = city.bridge()
    try:
        with running_broker(city):
            bridge.connect()
            bridge.watch([DEVICE])
            city.set_desired(bridge, DEVICE, DesiredChange(channel="lobby"), NOW)
        with running_broker(city), _device(city, DEVICE) as device:
            assert bridge.await_reported(DEVICE, 1, 20) is not None
            assert device.name == DEVICE
    finally:
        bridge.close()


def test_a_device_that_speaks_garbage_or_of_another_is_not_heard(city: City) -> None:
    with city.bridge() as bridge, _device(city, "lobby-004") as device:
        bridge.watch(["lobby-004"])
        topic = build(ReportedTopic("lobby-004"))
        device.client.publish(topic, b"\xff{", qos=1)
        device.client.publish(topic, encode_reported(_report(DEVICE, IDLE, 99)), qos=1)
        device.client.publish(topic, encode_reported(_report("lobby-004", IDLE, 1)), qos=1)
        said = bridge.next_said(10)
        assert said is not None
        assert (said.device, said.statement.device) == ("lobby-004", "lobby-004")


def _begin_at(city: City, *devices: str) -> None:
    with city.bridge() as bridge:
        for device in devices:
            city.set_desired(bridge, device, DesiredChange(channel="lobby"), NOW)


def test_a_rollout_goes_wave_by_wave_and_ends_well(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin_at(city, DEVICE, "lobby-002")
    words = ["rollout", "start", str(city.root), "--release", "2.0"]
    with _device(city, DEVICE), _device(city, "lobby-002"):
        assert main([*words, "--waves", DEVICE, "lobby-002", "--patience", "30"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if UpdatePhase.IDLE not in line] == [
        "wave 1: 2.0 offered to lobby-001",
        "lobby-001: committed",
        "wave 2: 2.0 offered to lobby-002",
        "lobby-002: committed",
        "finished: 2.0 is committed on 2",
    ]


def test_a_rollout_that_fails_is_aborted_before_its_second_wave(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin_at(city, "lobby-003", "lobby-004")
    words = ["rollout", "start", str(city.root), "--release", "3.0"]
    with _device(city, "lobby-003") as device:
        device.outcome = UpdatePhase.ROLLED_BACK
        assert main([*words, "--waves", "lobby-003", "lobby-004"]) == ABORTED
    said = capsys.readouterr().out
    assert "lobby-003: failed, VZOR" in said
    assert "aborted: 1 failed, 0 allowed" in said
    assert "lobby-004" not in said


def test_a_rollout_that_is_killed_goes_on_where_it_stopped(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin_at(city, DEVICE, "lobby-002")
    words = ["rollout", "start", str(city.root), "--release", "5.0", "--waves"]
    waves = [DEVICE, "lobby-002"]
    with subprocess.Popen(
        [sys.executable, "-m", "provisioning", *words, *waves],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as killed:
        assert killed.stdout is not None
        assert killed.stderr is not None
        assert killed.stdout.readline() == f"wave 1: 5.0 offered to {DEVICE}\n"
        assert main([*words, *waves]) == FAILED
        killed.kill()
        assert "lost" not in killed.stderr.read()
    assert "Another command works in" in capsys.readouterr().err
    assert main([*words, DEVICE]) == FAILED
    assert "another plan was broken off" in capsys.readouterr().err
    with _device(city, DEVICE), _device(city, "lobby-002"):
        assert main([*words, *waves]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if UpdatePhase.IDLE not in line] == [
        "going on with 5.0 in wave 1",
        f"{DEVICE}: committed",
        "wave 2: 5.0 offered to lobby-002",
        "lobby-002: committed",
        "finished: 5.0 is committed on 2",
    ]


def test_a_rollout_that_lost_the_broker_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    city = new_city(tmp_path / "city")
    enroll(city, DEVICE, NOW)
    plan = Plan("2.0", ((DEVICE,),))

    def lost(*_: object) -> None:
        raise BridgeError("The broker did not take the message in time.")

    with running_broker(city), city.bridge("city-rollout") as bridge:
        city.set_desired(bridge, DEVICE, DesiredChange(channel="lobby"), NOW)
        # Lost between the subscription and the offer: no real broker dies at that very moment.
        monkeypatch.setattr(bridge, "say_desired", lost)
        with pytest.raises(BridgeError):
            roll_out(city, bridge, plan, print)
    with running_broker(city), _device(city, DEVICE), city.bridge("city-rollout") as again:
        assert roll_out(city, again, plan, print).phase is Phase.FINISHED
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["going on with 2.0 in wave 1", f"wave 1: 2.0 offered to {DEVICE}"]


@pytest.mark.parametrize("anew", [False, True])
def test_a_damaged_saved_rollout_is_not_taken_for_none_unless_told(
    city: City, capsys: pytest.CaptureFixture[str], *, anew: bool
) -> None:
    _begin_at(city, DEVICE)
    write_durable(city.root / "rollouts" / "6.0.json", b"{")
    words = ["rollout", "start", str(city.root), "--release", "6.0", "--waves", DEVICE]
    with _device(city, DEVICE):
        assert main([*words, *(["--anew"] if anew else [])]) == (0 if anew else FAILED)
    assert ("6.0.json cannot be read" in capsys.readouterr().err) is not anew


def test_a_device_that_is_off_ends_the_rollout_by_patience(city: City) -> None:
    _begin_at(city, "lobby-004")
    words = ["rollout", "start", str(city.root), "--release", "4.0", "--waves", "lobby-004"]
    assert main([*words, "--patience", "0.5"]) == ABORTED


def test_statements_from_many_threads_all_arrive(city: City) -> None:
    with city.bridge() as bridge, _device(city, DEVICE) as device:
        groups = [f"g{number}" for number in range(8)]
        threads = [threading.Thread(target=bridge.say_hint, args=(group,)) for group in groups]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wanted = {build(HintTopic(group)) for group in groups}
        while wanted:
            wanted.discard(device.heard.get(timeout=10).topic)
