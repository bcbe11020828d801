"""The tour's steps at the infobox: a card, the account, a receipt, and nothing left behind."""

import time
from pathlib import Path

from PIL import Image

from tests.demo.kiosk_controls import control_positions
from tests.demo.kiosk_hand import Hand
from tests.demo.notes import Notes, require
from tests.demo.pixels import Pixels
from tests.demo.place import KIOSK
from tests.demo.receipt_check import read_qr
from tests.demo.running import Demo
from tests.demo.supervisor import descendants, started, wait_until

CAN = "123456"  # of the sample person “jana”
CLEAN_SECONDS = 1.0  # the promise for step (f)
SCREENS = ("attract", "home", "can", "put-card", "reading", "account-todos", "payment", "printed")


def account_by_card(demo: Demo, notes: Notes) -> None:
    """(c) From the attract screen by touch to the CAN, then the card, then the account."""
    hand = Hand(demo.displays[KIOSK])
    hand.prepare(*SCREENS)
    hand.expect("attract")
    notes.picture("c-attract", "Nobody is here", hand.display.grab())
    hand.touch("attract", "touch")
    hand.expect("home")
    hand.touch("home", "tile.account")
    hand.expect("can")
    type_can(hand)
    notes.picture("c-can", "The CAN, typed on the touch screen", hand.display.grab())
    hand.touch("can-complete", "key.ok")
    hand.expect("put-card")
    with Pixels(hand.display) as pixels:
        begun = time.monotonic()
        demo.place.card.write_text("jana", encoding="ascii")
        seen = hand.wait_for_change(("put-card", "reading"), "account-todos", pixels)
        notes.figure("card on the reader → account on the screen", seen - begun)
    hand.expect("account-todos")
    notes.fact("the screen is the sample citizen's account, by its picture")
    notes.picture("c-account", "The account of the sample citizen", hand.display.grab())


def receipt(demo: Demo, notes: Notes) -> None:
    """(d) The first debt is paid by QR, and the receipt comes out of the printer."""
    hand = Hand(demo.displays[KIOSK])
    before = _receipts(demo)
    hand.touch("account-todos", _first_payment(hand))
    hand.expect("payment")
    notes.picture("d-payment", "Pay by QR", hand.display.grab())
    begun = time.monotonic()
    hand.touch("payment", "print")
    wait_until("the receipt", lambda: len(_receipts(demo)) > len(before), 20)
    notes.figure("touch on “print” → receipt cut", time.monotonic() - begun)
    hand.expect("printed")
    paper = Image.open(max(_receipts(demo) - before))
    payment = read_qr(paper)
    require(payment.startswith("SPD*1.0*ACC:"), f"the receipt's QR is no SPAYD: {payment!r}")
    notes.fact(f"the QR on the paper reads {payment}")
    notes.picture("d-receipt", "The receipt, as the printer received it", paper)
    hand.touch("printed", "go-on")


def card_taken(demo: Demo, notes: Notes) -> None:
    """(f) The card is taken: the screen is clean and the citizen's process is gone."""
    hand = Hand(demo.displays[KIOSK])
    used = _front_window(demo)
    with Pixels(hand.display) as pixels:
        begun = time.monotonic()
        demo.place.card.unlink()
        before = ("account-todos", "account-documents+pin", "printed")
        seen = hand.wait_for_change(before, "attract", pixels, 10)
    notes.promise("card taken → clean screen", seen - begun, CLEAN_SECONDS)
    wait_until("the used process's end", lambda: not Path(f"/proc/{used}").exists(), 2)
    notes.fact("the process that held the account is gone; the warm spare is in front")
    notes.picture("f-clean", "Clean again", hand.display.grab())


def type_can(hand: Hand, can: str = CAN) -> None:
    """Touches the digits on the pad."""
    for digit in can:
        hand.touch("can", f"key.{digit}")
        time.sleep(0.05)
    time.sleep(0.15)


def _first_payment(hand: Hand) -> str:
    names = control_positions("account-todos", hand.size, hand.language)
    payments = {name: place for name, place in names.items() if name.startswith("pay.")}
    require(bool(payments), "the account offers nothing to pay")
    return min(payments, key=lambda name: payments[name][1])


def _receipts(demo: Demo) -> set[Path]:
    return set(demo.place.receipts.glob("receipt-*.png"))


def _front_window(demo: Demo) -> int:
    """The window in front is the older one: the spare was started after it came up."""
    windows = descendants([demo.supervisor.pid("kiosk")])
    return min(windows, key=started)
