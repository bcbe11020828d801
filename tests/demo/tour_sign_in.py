"""The tour's steps of signing in: the account PIN opens more, and a telephone without a card."""

import time

import requests

from tests.demo.city import PINS
from tests.demo.kiosk_hand import Hand
from tests.demo.notes import Notes, require
from tests.demo.pixels import Pixels
from tests.demo.place import KIOSK
from tests.demo.receipt_check import read_qr
from tests.demo.running import Demo

PIN = PINS["999009812"]
KEY_SECONDS = 0.05
CONFIRM_SECONDS = 10  # for a telephone to load a page


def account_pin(demo: Demo, notes: Notes) -> None:
    """(e) The documents are shut after the card alone; the account PIN opens them."""
    hand = Hand(demo.displays[KIOSK])
    hand.prepare("account-payments", "account-documents", "account-documents+pin", "pin")
    hand.expect("payment")
    hand.touch("payment", "back")
    hand.expect("account-payments")
    hand.touch("account-payments", "tab.documents")
    hand.expect("account-documents")
    notes.picture("e-shut", "The documents need the account PIN", hand.display.grab())
    hand.touch("account-documents", "unlock.section")
    time.sleep(0.3)
    for digit in PIN:
        hand.touch("pin", f"key.{digit}")
        time.sleep(KEY_SECONDS)
    time.sleep(0.2)
    notes.picture("e-pin", "The account PIN, typed on the touch screen", hand.display.grab())
    begun = time.monotonic()
    hand.touch("pin", "key.ok")
    hand.expect("account-documents+pin")
    notes.figure("PIN confirmed → documents open", time.monotonic() - begun)
    notes.picture("e-open", "The documents of the sample citizen", hand.display.grab())


def telephone(demo: Demo, notes: Notes) -> None:
    """(g) No card: a QR code is read by a telephone, confirmed there, and the account opens."""
    hand = Hand(demo.displays[KIOSK])
    hand.prepare("attract", "home", "can", "phone", "account-todos+phone")
    hand.expect("attract", 20)
    for screen, control in (("attract", "touch"), ("home", "tile.account"), ("can", "way.phone")):
        hand.touch(screen, control)
        time.sleep(0.5)
    address = _read_code(hand)
    notes.picture("g-phone", "The way without a card", hand.display.grab())
    with Pixels(hand.display) as pixels:
        _confirm(demo, address)
        begun = time.monotonic()
        seen = hand.wait_for_change(("phone",), "account-todos+phone", pixels, 20)
        notes.figure("confirmed on the telephone → account on the screen", seen - begun)
    hand.expect("account-todos+phone")
    notes.picture("g-account", "The account, opened by telephone", hand.display.grab())
    hand.touch("account-todos+phone", "finish")
    hand.expect("attract")
    notes.fact("“Finish” ended the session: without a card nothing else does but the time")


def _read_code(hand: Hand) -> str:
    until = time.monotonic() + CONFIRM_SECONDS
    while not (address := read_qr(hand.display.grab())):
        require(time.monotonic() < until, "the screen shows no QR code for the telephone")
        time.sleep(0.1)
    return address


def _confirm(demo: Demo, address: str) -> None:
    """What the person does on their telephone: open the address and choose who they are."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(demo.place.openid / "ca.pem")
    page = session.get(address, timeout=CONFIRM_SECONDS)
    require(page.ok, f"the OpenID provider answers {page.status_code}")
    place, _, user_code = address.partition("?user_code=")
    sent = {"user_code": user_code, "person": "jana"}
    done = session.post(place, data=sent, timeout=CONFIRM_SECONDS)
    require(done.ok, f"the OpenID provider answers {done.status_code}")
