"""The floor of a sign-in: the reader's notice of a card, and with it the chip read; no screen.

It runs in a process of its own because the PC/SC library looks for its daemon once, at the start.
"""

import json
import os
import queue
import subprocess
import sys
import time
from pathlib import Path

from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.events import CardEvent, CardInserted
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.cards.monitor import CardMonitor
from kiosk_app.cards.pcsc import open_card
from tests.bench.harness import Series
from tests.demo.place import ROOT
from tests.demo.running import Demo
from tests.demo.tour_kiosk import CAN
from tests.fakes.card_reader import environment

REST_SECONDS = 1.2


def insertion_and_read(demo: Demo, rounds: int) -> tuple[Series, Series]:
    """Two series in milliseconds: card put → notice; card put → DG1, DG14 and SOD read by PACE."""
    command = [sys.executable, "-m", "tests.bench.bare_card", str(demo.place.card), str(rounds)]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment(demo.place.reader)},
        capture_output=True,
        text=True,
        check=True,
    )
    noticed, read = json.loads(ran.stdout)
    return (
        Series("pcscd's notice of the card alone", tuple(noticed)),
        Series("notice and chip read, no gateway, no screen", tuple(read)),
    )


def _measure(card: Path, rounds: int) -> tuple[list[float], list[float]]:
    events: queue.Queue[CardEvent] = queue.Queue()
    monitor = CardMonitor(events.put)
    monitor.start()
    noticed: list[float] = []
    read: list[float] = []
    for _ in range(rounds):
        time.sleep(REST_SECONDS)
        begun = time.monotonic()
        card.write_text("jana", encoding="ascii")
        inserted = _next_insertion(events)
        noticed.append(1000 * (time.monotonic() - begun))
        with open_card(inserted.reader) as opened:
            read_chip(opened.transmit, Can(CAN))
        read.append(1000 * (time.monotonic() - begun))
        card.unlink()
    monitor.stop()
    return noticed, read


def _next_insertion(events: "queue.Queue[CardEvent]") -> CardInserted:
    while True:
        event = events.get(timeout=10)
        if isinstance(event, CardInserted):
            return event


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]), int(sys.argv[2]))))
