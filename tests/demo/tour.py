"""The tour: its steps in order, each timed, and what became of each; prints, writes the report."""

import logging
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.demo import tour_city, tour_kiosk, tour_lobby, tour_sign_in
from tests.demo.notes import Notes
from tests.demo.place import BUILD
from tests.demo.progress import doing
from tests.demo.report import Report, StepResult, write
from tests.demo.running import Demo

Step = Callable[[Demo, Notes], None]
STEPS: tuple[tuple[str, str, Step], ...] = (
    ("a", "A signed programme in the lobby", tour_lobby.signed_programme),
    ("b", "An editor's change reaches the screen", tour_lobby.editors_change),
    ("c", "A card, its CAN, and the account", tour_kiosk.account_by_card),
    ("d", "A receipt with a QR Platba", tour_kiosk.receipt),
    ("e", "The account PIN opens the documents", tour_sign_in.account_pin),
    ("f", "The card is taken, the screen is clean", tour_kiosk.card_taken),
    ("g", "Without a card: signed in by telephone", tour_sign_in.telephone),
    ("h", "A crisis alert on both displays", tour_city.alert),
    ("i", "A staged release, and a bad one", tour_city.release),
)


def walk(demo: Demo, folder: Path = BUILD) -> Report:
    """Walks every step, also after one failed, and writes the report into the folder."""
    begun = datetime.now(ZoneInfo("Europe/Prague"))
    results = tuple(_step(demo, letter, title, step) for letter, title, step in STEPS)
    report = Report(begun, results)
    page = write(report, folder)
    print(f"\n  Report: {page}")  # noqa: T201 - the demo speaks at the terminal
    return report


def failed(report: Report) -> list[str]:
    """The steps that failed or kept a promise too late, named."""
    return [
        f"({r.letter}) {r.title}: {'; '.join(filter(None, (r.failure, *r.late)))}"
        for r in report.results
        if not r.passed
    ]


def _step(demo: Demo, letter: str, title: str, step: Step) -> StepResult:
    notes, begun, failure = Notes(), time.monotonic(), ""
    try:
        with doing(f"({letter}) {title}"):
            step(demo, notes)
    except Exception as error:  # noqa: BLE001 - a step's failure is the tour's result
        failure = f"{type(error).__name__}: {error}"
        logging.getLogger(__name__).debug("%s", traceback.format_exc())
        for device, display in demo.displays.items():
            notes.picture(f"{letter}-failed-{device}", f"{device} at the failure", display.grab())
    for figure in notes.figures:
        print(f"      {figure.what}: {figure.seconds * 1000:,.0f} ms")  # noqa: T201 - the same
    for wrong in filter(None, (failure, *notes.late)):
        print(f"      {wrong}")  # noqa: T201 - the same
    seconds = time.monotonic() - begun
    return StepResult(
        letter,
        title,
        seconds,
        tuple(notes.figures),
        tuple(notes.pictures),
        tuple(notes.facts),
        tuple(notes.late),
        failure,
    )
