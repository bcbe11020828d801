"""Card on the reader → account on the screen, beside what the card and the reader alone take."""

import time
from collections.abc import Sequence

from tests.bench.bare_card import insertion_and_read
from tests.bench.harness import Goal, Result, Series
from tests.demo.kiosk_hand import Hand
from tests.demo.pixels import Pixels
from tests.demo.place import KIOSK
from tests.demo.running import Demo
from tests.demo.tour_kiosk import SCREENS, type_can

ROUNDS = 30
GOAL = Goal(0.95, 500.0)
REST_SECONDS = 1.2  # the virtual slot must have told pcscd that it is empty (tests/fakes)


def measure(demo: Demo) -> Sequence[Result]:
    """Types the CAN by touch, lays the card down, takes it, again and again."""
    hand = Hand(demo.displays[KIOSK])
    hand.prepare(*SCREENS)
    shown: list[float] = []
    clean: list[float] = []
    for _ in range(ROUNDS):
        _ready_for_the_card(hand)
        with Pixels(hand.display) as pixels:
            shown.append(_put(demo, hand, pixels))
            time.sleep(0.5)
            clean.append(_take(demo, hand, pixels))
        time.sleep(REST_SECONDS)
    floor = insertion_and_read(demo, ROUNDS)
    note = (
        "the virtual reader reports a card at once, as a reader with an interrupt endpoint does;\n"
        "a reader that pcscd polls adds up to 400 ms"
    )
    return (
        Result(
            "Card on the reader → account shown", Series("ours", tuple(shown)), floor, GOAL, note
        ),
        Result("Card taken → clean screen", Series("ours", tuple(clean)), floor[:1], Goal(1, 1000)),
    )


def _ready_for_the_card(hand: Hand) -> None:
    hand.expect("attract", 20)
    hand.touch("attract", "touch")
    hand.expect("home")
    hand.touch("home", "tile.account")
    hand.expect("can")
    type_can(hand)
    hand.touch("can-complete", "key.ok")
    hand.expect("put-card")


def _put(demo: Demo, hand: Hand, pixels: Pixels) -> float:
    begun = time.monotonic()
    demo.place.card.write_text("jana", encoding="ascii")
    seen = hand.wait_for_change(("put-card", "reading"), "account-todos", pixels)
    return 1000 * (seen - begun)


def _take(demo: Demo, hand: Hand, pixels: Pixels) -> float:
    begun = time.monotonic()
    demo.place.card.unlink()
    return 1000 * (hand.wait_for_change(("account-todos",), "attract", pixels) - begun)
