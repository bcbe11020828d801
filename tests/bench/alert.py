"""Alert raised → painted on both screens, beside a bare MQTT message through the same broker."""

import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.bench.bare_mqtt import round_trips
from tests.bench.harness import Goal, Result, Series
from tests.demo.alert_sight import order, watch_all
from tests.demo.place import AREA
from tests.demo.running import Demo

ROUNDS = 40
GOAL = Goal(0.95, 500.0)
REST_SECONDS = 0.25  # so that each round begins with both screens at peace


def measure(demo: Demo) -> Sequence[Result]:
    """Raises and cancels the same sample alert again and again."""
    on: list[float] = []
    off: list[float] = []
    for _ in range(ROUNDS):
        on.append(_raised(demo))
        time.sleep(REST_SECONDS)
        off.append(_cancelled(demo))
        time.sleep(REST_SECONDS)
    bare = Series("a bare MQTT message, QoS 1, same broker", tuple(round_trips(demo, ROUNDS)))
    note = f"median over the broker's floor: {statistics.median(on) - bare.percentile(0.5):.1f} ms"
    return (
        Result("Alert raised → on both screens", Series("ours", tuple(on)), (bare,), GOAL, note),
        Result("Alert cancelled → gone from both", Series("ours", tuple(off)), (bare,), GOAL),
    )


def _raised(demo: Demo) -> float:
    watches = watch_all(demo.displays, until_covered=True)
    begun = time.monotonic()
    demo.city.raise_alert(demo.bridge, order(), datetime.now(UTC))
    return 1000 * (max(watch.seen() for watch in watches.values()) - begun)


def _cancelled(demo: Demo) -> float:
    watches = watch_all(demo.displays, until_covered=False)
    begun = time.monotonic()
    demo.city.cancel_alert(demo.bridge, AREA, datetime.now(UTC))
    return 1000 * (max(watch.seen() for watch in watches.values()) - begun)
