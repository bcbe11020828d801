"""A part that is missing is said on the device's verdict, everything else goes on, and it heals."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from device_agent.wire.reported import Reported
from tests.demo.alert_sight import order, watch_all
from tests.demo.kiosk_hand import Hand
from tests.demo.place import AREA, KIOSK, LOBBY
from tests.demo.running import Demo
from tests.demo.tour_kiosk import SCREENS, type_can

PATIENCE = 30.0


@contextmanager
def missing(demo: Demo, name: str) -> Iterator[None]:
    demo.supervisor.hold(name)
    try:
        yield
    finally:
        demo.supervisor.release(name)


def complains_of(word: str) -> "Complaint":
    return Complaint(word)


class Complaint:
    """True for a report whose verdict names the part."""

    def __init__(self, word: str) -> None:
        self._word = word

    def __call__(self, report: Reported) -> bool:
        return any(self._word in reason for reason in report.verdict.reasons)


def healthy(report: Reported) -> bool:
    return report.verdict.healthy


@pytest.mark.parametrize(("part", "word"), [("printer", "printer"), ("card-reader", "reader")])
def test_missing_hardware_is_on_the_verdict_and_heals(city: Demo, part: str, word: str) -> None:
    kiosk = city.supervisor.pid("kiosk")
    with missing(city, part):
        city.fleet.wait(KIOSK, complains_of(word), PATIENCE)
        assert city.supervisor.pid("kiosk") == kiosk
    city.fleet.wait(KIOSK, healthy, PATIENCE)


def test_missing_display_does_not_take_the_agent_down(city: Demo) -> None:
    agent = city.supervisor.pid(f"agent-{LOBBY}")
    with missing(city, "x-lobby"):
        city.fleet.wait(LOBBY, lambda report: not report.verdict.healthy, PATIENCE)
        assert city.supervisor.pid(f"agent-{LOBBY}") == agent
    city.fleet.wait(LOBBY, healthy, PATIENCE)


def test_missing_gateway_is_told_to_the_citizen(city: Demo) -> None:
    hand = Hand(city.displays[KIOSK])
    hand.prepare(*SCREENS, "problem-gateway")
    with missing(city, "account-gateway"):
        hand.expect("attract", PATIENCE)
        hand.touch("attract", "touch")
        hand.expect("home")
        hand.touch("home", "tile.account")
        hand.expect("can")
        type_can(hand)
        hand.touch("can-complete", "key.ok")
        hand.expect("put-card")
        city.place.card.write_text("jana", encoding="ascii")
        hand.expect("problem-gateway", PATIENCE)
        city.place.card.unlink()
        hand.touch("problem-gateway", "finish")
        hand.expect("attract", PATIENCE)
    city.fleet.wait(KIOSK, healthy, PATIENCE)


def test_an_alert_raised_while_an_agent_is_away_is_shown_when_it_is_back(city: Demo) -> None:
    with missing(city, f"agent-{LOBBY}"):
        city.city.raise_alert(city.bridge, order(), datetime.now(UTC))
        time.sleep(0.5)
    for watch in watch_all(city.displays, until_covered=True).values():
        watch.seen()
    city.city.cancel_alert(city.bridge, AREA, datetime.now(UTC))
    for watch in watch_all(city.displays, until_covered=False).values():
        watch.seen()


def test_an_alert_stands_while_broker_and_agent_are_killed(city: Demo) -> None:
    city.city.raise_alert(city.bridge, order(), datetime.now(UTC))
    for watch in watch_all(city.displays, until_covered=True).values():
        watch.seen()
    agent = f"agent-{LOBBY}"
    with missing(city, "broker"), missing(city, agent):
        time.sleep(2)
        display = city.displays[LOBBY]
        assert watch_all({LOBBY: display}, until_covered=True)[LOBBY].seen()
    city.fleet.wait(LOBBY, healthy, PATIENCE)
    city.city.cancel_alert(city.bridge, AREA, datetime.now(UTC))
    for watch in watch_all(city.displays, until_covered=False).values():
        watch.seen()
