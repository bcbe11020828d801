"""Attacks by somebody who has the broker or another role's key; broker and agent are real."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from device_agent.wire import cap, command
from device_agent.wire.cap import CapMessage, MsgType
from device_agent.wire.command import Command, CommandStatus, decode_result, encode_command
from device_agent.wire.desired import PAYLOAD_TYPE as DESIRED
from device_agent.wire.desired import DesiredState, encode_desired
from device_agent.wire.local import Alerts, Connection
from device_agent.wire.topics import AlertTopic, CommandTopic, DesiredTopic, ResultTopic, build
from provisioning.trust import Role
from tests.integration.agent_town import AREA, DEVICE, Operator, Player, Town, open_town, wait_until
from tests.integration.test_agent_tour import alert

TOPIC = build(AlertTopic(AREA))


@dataclass
class Scene:
    town: Town
    operator: Operator
    player: Player

    def refused(self, reason: str) -> int:
        report = self.operator.reported()
        return dict(report.refused).get(reason, 0) if report else 0

    def say_and_wait(
        self, topic: str, payload: bytes, reason: str, *, retain: bool = False
    ) -> None:
        before = self.refused(reason)
        self.operator.say(topic, payload, retain=retain)
        wait_until(lambda: self.refused(reason) == before + 1, f"refusal {reason}")

    def alert(self, message: CapMessage, role: Role = Role.ALERT) -> bytes:
        return self.town.signed(cap.encode_cap(message), cap.PAYLOAD_TYPE, role)

    def command(self, id_: str, lasts: timedelta = timedelta(minutes=5)) -> bytes:
        now = datetime.now(UTC)
        order = Command(DEVICE, id_, "report", now, now + lasts)
        return self.town.signed(encode_command(order), command.PAYLOAD_TYPE, Role.COMMAND)

    def answers(self, id_: str) -> list[CommandStatus]:
        topic = build(ResultTopic(DEVICE, id_))
        return [decode_result(d).status for t, d in tuple(self.operator.history) if t == topic]

    def shown(self) -> list[str]:
        """What a program that joins now is told."""
        player = Player(self.town.socket)
        found = player.wait_for(Alerts)
        player.link.close()
        return [a.identifier for a in found.alerts]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with open_town(tmp_path_factory.mktemp("town")) as town:
        town.start_broker()
        town.start_content()
        town.start_agent()
        player = Player(town.socket)
        with town.operator() as operator:
            player.wait_for(Connection, lambda m: m.online)
            wait_until(lambda: (town.agent_folder / "state/metadata/targets.json").exists(), "keys")
            scene = Scene(town, operator, player)
            known = alert("known-keys")
            operator.say(TOPIC, scene.alert(known))
            player.wait_for(Alerts, lambda m: bool(m.alerts))
            operator.say(TOPIC, scene.alert(alert("known-over", MsgType.CANCEL, known)))
            player.wait_for(Alerts, lambda m: not m.alerts)
            yield scene
        player.link.close()


def test_an_unsigned_alert(scene: Scene) -> None:
    scene.say_and_wait(TOPIC, cap.encode_cap(alert("evil-1")), "alert-not-trusted")
    assert scene.shown() == []


def test_an_alert_signed_with_an_editors_key(scene: Scene) -> None:
    scene.say_and_wait(TOPIC, scene.alert(alert("evil-2"), Role.PROGRAMME), "alert-not-trusted")
    assert scene.shown() == []


def test_a_desired_state_passed_off_as_an_alert(scene: Scene) -> None:
    mixed = scene.town.signed(cap.encode_cap(alert("evil-3")), DESIRED, Role.ALERT)
    scene.say_and_wait(TOPIC, mixed, "alert-not-trusted")
    assert scene.shown() == []


def test_an_alert_replayed_after_its_cancel(scene: Scene) -> None:
    message = alert("replayed")
    raised = scene.alert(message)
    scene.operator.say(TOPIC, raised)
    scene.player.wait_for(Alerts, lambda m: bool(m.alerts))
    scene.operator.say(TOPIC, scene.alert(alert("replayed-over", MsgType.CANCEL, message)))
    scene.player.wait_for(Alerts, lambda m: not m.alerts)
    scene.say_and_wait(TOPIC, raised, "alert-replayed", retain=True)
    assert scene.shown() == []


def test_an_alert_of_another_area_brought_here(scene: Scene) -> None:
    message = replace(alert("elsewhere"), targets=("jablonec",))
    scene.say_and_wait(TOPIC, scene.alert(message), "alert-wrong-area")
    assert scene.shown() == []


def test_removing_the_retained_alert_does_not_end_it(scene: Scene) -> None:
    message = alert("stays")
    scene.operator.say(TOPIC, scene.alert(message))
    scene.player.wait_for(Alerts, lambda m: bool(m.alerts))
    scene.operator.say(TOPIC, b"")
    scene.say_and_wait(TOPIC, b"noise after it", "alert-not-trusted")
    assert scene.shown() == ["stays"]
    scene.operator.say(TOPIC, scene.alert(alert("stays-over", MsgType.CANCEL, message)))
    scene.player.wait_for(Alerts, lambda m: not m.alerts)


def test_a_signed_alert_that_is_no_cap(scene: Scene) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;</a>'
    scene.say_and_wait(
        TOPIC, scene.town.signed(bomb, cap.PAYLOAD_TYPE, Role.ALERT), "alert-malformed"
    )


def test_a_desired_state_for_another_device(scene: Scene) -> None:
    state = DesiredState("lobby-002", 9, datetime.now(UTC), "lobby", (AREA,), None)
    envelope = scene.town.signed(encode_desired(state), DESIRED, Role.DESIRED)
    scene.say_and_wait(build(DesiredTopic(DEVICE)), envelope, "desired-wrong-device")


def test_a_rolled_back_desired_state(scene: Scene) -> None:
    scene.town.desire(scene.operator, 7)
    scene.operator.wait_reported(lambda r: r.desired_serial == 7, "serial 7")
    state = DesiredState(DEVICE, 6, datetime.now(UTC), "lobby", (AREA,), None)
    envelope = scene.town.signed(encode_desired(state), DESIRED, Role.DESIRED)
    scene.say_and_wait(build(DesiredTopic(DEVICE)), envelope, "desired-older-serial")
    report = scene.operator.reported()
    assert report is not None
    assert report.desired_serial == 7


def test_a_desired_state_signed_with_the_command_key(scene: Scene) -> None:
    state = DesiredState(DEVICE, 99, datetime.now(UTC), "lobby", (AREA,), None)
    envelope = scene.town.signed(encode_desired(state), DESIRED, Role.COMMAND)
    scene.say_and_wait(build(DesiredTopic(DEVICE)), envelope, "desired-not-trusted")


def test_an_expired_command(scene: Scene) -> None:
    envelope = scene.command("late", timedelta(seconds=-1))
    scene.say_and_wait(build(CommandTopic(DEVICE, "late")), envelope, "command-expired")
    wait_until(lambda: scene.answers("late") == [CommandStatus.REFUSED], "the answer")


def test_a_command_that_comes_twice_is_answered_twice_and_done_once(scene: Scene) -> None:
    envelope, topic = scene.command("twice"), build(CommandTopic(DEVICE, "twice"))
    scene.operator.say(topic, envelope, retain=False)
    wait_until(lambda: len(scene.answers("twice")) == 3, "the first answer")
    scene.operator.say(topic, envelope, retain=False)
    wait_until(lambda: len(scene.answers("twice")) == 4, "the second answer")
    assert scene.answers("twice")[2:] == [CommandStatus.SUCCEEDED] * 2


def test_a_command_replayed_under_another_id(scene: Scene) -> None:
    envelope = scene.command("first")
    scene.operator.say(build(CommandTopic(DEVICE, "first")), envelope, retain=False)
    scene.say_and_wait(build(CommandTopic(DEVICE, "second")), envelope, "command-wrong-id")


def test_an_unsigned_command(scene: Scene) -> None:
    scene.say_and_wait(build(CommandTopic(DEVICE, "x")), b"{}", "command-not-trusted")
    wait_until(lambda: scene.answers("x") == [CommandStatus.REFUSED], "the answer")


def test_an_oversized_payload(scene: Scene) -> None:
    scene.say_and_wait(TOPIC, b"x" * (260 * 1024), "message-too-long")
    # What is above the packet limit of the connection, the broker must not even deliver.
    scene.operator.say(TOPIC, b"x" * (400 * 1024), retain=False)
    scene.say_and_wait(TOPIC, b"still here", "alert-not-trusted")
