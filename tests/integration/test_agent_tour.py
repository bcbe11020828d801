"""The agent with a real broker, a real content server and a real process: the whole way once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from device_agent.wire import cap
from device_agent.wire.cap import (
    CapInfo,
    CapMessage,
    CapReference,
    Certainty,
    MsgType,
    Severity,
    Urgency,
)
from device_agent.wire.hint import Hint, encode_hint
from device_agent.wire.local import Alerts, AlertShown, Connection, ProgrammeReady
from device_agent.wire.reported import UpdatePhase
from device_agent.wire.status import decode_status
from device_agent.wire.topics import AlertTopic, EventTopic, HintTopic, StatusTopic, build
from provisioning.trust import Role
from tests.integration.agent_town import AREA, DEVICE, Player, Town, open_town, wait_until

SENDER = "vzor.otevrene-mesto.invalid"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as town:
        yield town


def alert(
    identifier: str, kind: MsgType = MsgType.ALERT, refers: CapMessage | None = None
) -> CapMessage:
    now = datetime.now(UTC).replace(microsecond=0)
    info = CapInfo(
        "cs", "Safety", "Evakuace", Urgency.IMMEDIATE, Severity.EXTREME, Certainty.OBSERVED,
        now + timedelta(hours=1), "Opusťte budovu (VZOR)", "", "", ("Liberec",),
    )  # fmt: skip
    references = (CapReference(refers.sender, refers.identifier, refers.sent),) if refers else ()
    return CapMessage(identifier, SENDER, now, "Actual", kind, references, (info,), targets=(AREA,))


def test_a_programme_is_fetched_and_announced(town: Town) -> None:
    town.start_broker()
    town.start_content()
    document = town.publish(1, b"picture one")
    town.start_agent()
    player = Player(town.socket)
    with town.operator() as operator:
        ready = player.wait_for(ProgrammeReady)
        assert Path(ready.path).read_bytes() == document
        second = town.publish(2, b"picture one", b"picture two")
        operator.say(build(HintTopic("lobby")), encode_hint(Hint("content")))
        ready = player.wait_for(ProgrammeReady, lambda m: m.sha256 != ready.sha256)
        assert Path(ready.path).read_bytes() == second
        report = operator.wait_reported(
            lambda r: r.programme is not None and r.programme.version == 2, "programme 2"
        )
        assert report.device == DEVICE
    player.link.close()
    assert "Traceback" not in town.log("agent")


def test_an_alert_reaches_programs_and_its_proof_reaches_the_city(town: Town) -> None:
    town.start_broker()
    town.start_content()
    town.start_agent()
    player = Player(town.socket)
    with town.operator() as operator:
        player.wait_for(Connection, lambda m: m.online)
        operator.wait_reported(lambda _: True, "a report")
        first = alert("a-1")
        topic = build(AlertTopic(AREA))
        operator.say(topic, town.signed(cap.encode_cap(first), cap.PAYLOAD_TYPE, Role.ALERT))
        shown = player.wait_for(Alerts, lambda m: bool(m.alerts))
        assert shown.alerts[0].identifier == "a-1"
        player.link.send(AlertShown("player", "a-1", datetime.now(UTC)))
        events = build(EventTopic(DEVICE, "alert-shown"))
        wait_until(lambda: events in operator.last, "proof of display")
        assert json.loads(operator.last[events])["body"]["alert_id"] == "a-1"
        over = alert("a-2", MsgType.CANCEL, first)
        operator.say(topic, town.signed(cap.encode_cap(over), cap.PAYLOAD_TYPE, Role.ALERT))
        player.wait_for(Alerts, lambda m: not m.alerts)
    player.link.close()


def test_a_good_release_is_committed_and_a_bad_one_rolled_back(town: Town) -> None:
    town.start_broker()
    town.start_content()
    for version in ("2.0.0", "3.0.0"):
        town.city.publish_release(version, town.release(version), datetime.now(UTC))
    with town.operator() as operator, town.device(lambda release: release != "3.0.0"):
        operator.wait_reported(lambda r: r.verdict.healthy and r.release == "1.0.0", "release 1")
        town.desire(operator, 1, "2.0.0")
        good = operator.wait_reported(
            lambda r: r.update.phase is UpdatePhase.COMMITTED, "the good release is committed"
        )
        assert (good.release, good.slot, good.desired_serial) == ("2.0.0", "B", 1)
        town.desire(operator, 2, "3.0.0")
        bad = operator.wait_reported(
            lambda r: r.update.phase is UpdatePhase.ROLLED_BACK, "the bad release is rolled back"
        )
        assert (bad.release, bad.slot, bad.update.version) == ("2.0.0", "B", "3.0.0")
        assert "no beat" in bad.update.reason


def test_the_agent_lives_without_broker_and_server(town: Town) -> None:
    agent = town.start_agent()
    player = Player(town.socket)
    assert player.wait_for(Alerts).alerts == ()
    assert not player.wait_for(Connection).online
    broker = town.start_broker()
    player.wait_for(Connection, lambda m: m.online)
    broker.kill()
    broker.wait()
    player.wait_for(Connection, lambda m: not m.online)
    town.start_broker()
    player.wait_for(Connection, lambda m: m.online)
    assert agent.poll() is None
    player.link.close()


def test_an_alert_survives_the_agents_death_and_needs_no_broker(town: Town) -> None:
    broker = town.start_broker()
    town.start_content()
    agent = town.start_agent()
    player = Player(town.socket)
    with town.operator() as operator:
        player.wait_for(Connection, lambda m: m.online)
        raised = town.signed(cap.encode_cap(alert("a-1")), cap.PAYLOAD_TYPE, Role.ALERT)
        operator.say(build(AlertTopic(AREA)), raised)
        player.wait_for(Alerts, lambda m: bool(m.alerts))
        operator.wait_reported(lambda r: r.alerts == ("a-1",), "the alert is saved and reported")
    agent.kill()
    agent.wait()
    broker.kill()
    town.start_agent()
    again = player.wait_for(Alerts)
    assert [a.identifier for a in again.alerts] == ["a-1"]
    player.link.close()


def test_the_last_will_says_offline(town: Town) -> None:
    town.start_broker()
    with town.operator() as operator:
        agent = town.start_agent()
        topic = build(StatusTopic(DEVICE))
        wait_until(lambda: topic in operator.last, "status")
        assert decode_status(operator.last[topic]).online
        agent.kill()
        wait_until(lambda: not decode_status(operator.last[topic]).online, "the last will")
