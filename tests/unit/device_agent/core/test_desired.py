"""Which desired state comes into force."""

from dataclasses import replace
from datetime import UTC, datetime

from device_agent.core.desired import Accepted, DesiredRefusal, Refused, Unchanged, decide
from device_agent.wire.desired import DesiredState

STATE = DesiredState(
    "lobby-001", 5, datetime(2026, 11, 24, tzinfo=UTC), "lobby", ("liberec",), None
)


def test_the_first_and_each_newer_state_come_into_force() -> None:
    assert decide("lobby-001", None, STATE) == Accepted(STATE)
    newer = replace(STATE, serial=6)
    assert decide("lobby-001", STATE, newer) == Accepted(newer)


def test_the_same_serial_changes_nothing() -> None:
    assert decide("lobby-001", STATE, replace(STATE, channel="other")) == Unchanged()


def test_an_older_serial_is_refused() -> None:
    older = replace(STATE, serial=4)
    assert decide("lobby-001", STATE, older) == Refused(DesiredRefusal.OLDER_SERIAL)


def test_another_devices_state_is_refused() -> None:
    assert decide("lobby-002", None, STATE) == Refused(DesiredRefusal.WRONG_DEVICE)
