"""The tour's steps from the city hall's side: a crisis alert, and releases to the devices."""

import time
from datetime import UTC, datetime

from device_agent.wire.reported import Reported, UpdatePhase
from provisioning.fleet import Phase, Plan, Rollout, Seconds
from provisioning.roll_out import roll_out
from tests.demo import releases
from tests.demo.alert_sight import order, watch_all
from tests.demo.notes import Notes, require
from tests.demo.place import AREA, KIOSK, LOBBY
from tests.demo.running import Demo

AT_ONCE = 1.0  # seconds: the promise for an alert
PATIENCE = Seconds(60)


def alert(demo: Demo, notes: Notes) -> None:
    """(h) A signed CAP alert covers both displays, and leaves both when it is cancelled."""
    coming = watch_all(demo.displays, until_covered=True)
    begun = time.monotonic()
    demo.city.raise_alert(demo.bridge, order(), datetime.now(UTC))
    for device, watch in coming.items():
        notes.promise(f"alert raised → on {device}", watch.seen() - begun, AT_ONCE)
    time.sleep(0.5)
    for device, display in demo.displays.items():
        notes.picture(f"h-alert-{device}", f"The alert on {device}", display.grab())
    leaving = watch_all(demo.displays, until_covered=False)
    begun = time.monotonic()
    demo.city.cancel_alert(demo.bridge, AREA, datetime.now(UTC))
    for device, watch in leaving.items():
        notes.promise(f"alert cancelled → gone from {device}", watch.seen() - begun, AT_ONCE)


def release(demo: Demo, notes: Notes) -> None:
    """(i) A good release goes through both waves; a bad one is rolled back and stops there."""
    with notes.timed(f"release {releases.GOOD}: both waves, to committed"):
        good = _roll_out(demo, notes, releases.GOOD)
    require(good.phase is Phase.FINISHED, "the good release was not committed everywhere")
    for device in (LOBBY, KIOSK):
        _require_running(demo, device, releases.GOOD, UpdatePhase.COMMITTED)
    with notes.timed(f"release {releases.BAD}: installed, failed, rolled back"):
        bad = _roll_out(demo, notes, releases.BAD)
    require(bad.phase is Phase.ABORTED, "the bad release did not stop the rollout")
    _require_running(demo, LOBBY, releases.GOOD, UpdatePhase.ROLLED_BACK)
    kiosk = demo.fleet.last(KIOSK)
    offered = kiosk is not None and kiosk.update.version == releases.BAD
    require(not offered, "the bad release was offered to the second wave")
    notes.fact(f"{KIOSK}, in the second wave, was never offered {releases.BAD}")
    demo.fleet.wait(LOBBY, lambda report: report.verdict.healthy, 20)
    notes.picture("g-after", "The lobby after the rollback", demo.displays[LOBBY].grab())


def _roll_out(demo: Demo, notes: Notes, version: str) -> Rollout:
    plan = Plan(release=version, waves=((LOBBY,), (KIOSK,)), patience=PATIENCE)
    with demo.city.bridge("city-rollout") as bridge:
        return roll_out(demo.city, bridge, plan, notes.fact)


def _require_running(demo: Demo, device: str, version: str, phase: UpdatePhase) -> None:
    def fits(report: Reported) -> bool:
        return report.release == version and report.update.phase is phase

    demo.fleet.wait(device, fits, 15)
