"""The ways besides the CAN at the real kiosk: a phone instead of a card, and the account PIN."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from pyzbar import pyzbar

from tests.fakes.eobcanka_card import faults as contact_faults
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.virtual_card.slot import Card
from tests.integration.kiosk_rig import Kiosk, alive, wait_until
from tests.integration.kiosk_town import Town, town

PIN = "2580"


@pytest.fixture
def infobox(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as infobox:
        yield infobox


def test_a_phone_scans_the_code_confirms_and_the_account_opens(
    infobox: Town, tmp_path: Path
) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    _ask_for_a_code(kiosk)
    infobox.provider.confirm(_scanned_code(kiosk, tmp_path), "jana")
    kiosk.wait_showing("account")
    kiosk.touch("account-phone", "finish")
    wait_until("the used window's death", lambda: not alive(used), 3)
    kiosk.wait_showing("attract")


def test_a_phone_that_refuses_is_told_and_may_have_a_new_code(
    infobox: Town, tmp_path: Path
) -> None:
    kiosk = infobox.kiosk
    _ask_for_a_code(kiosk)
    first = _scanned_code(kiosk, tmp_path)
    infobox.provider.deny(first)
    kiosk.wait_showing("problem")
    kiosk.touch("problem-device-login-denied", "way.phone")
    kiosk.wait_showing("phone")
    assert _scanned_code(kiosk, tmp_path) != first


def test_the_pin_opens_more_and_a_wrong_one_asks_again(infobox: Town) -> None:
    infobox.gateway.choose_pin(PIN)
    kiosk = infobox.kiosk
    infobox.sign_in()
    kiosk.touch("account-todos", "unlock")
    kiosk.wait_showing("pin")
    _type_pin(kiosk, "pin", "1470")
    wait_until("the refusal", lambda: "pin-wrong" in kiosk.log.read_text())
    kiosk.wait_showing("pin")
    _type_pin(kiosk, "pin-wrong", PIN)
    kiosk.wait_showing("account")
    assert PIN not in kiosk.log.read_text()
    infobox.take_card()
    kiosk.wait_showing("attract")


def test_a_contact_card_opens_the_overview_without_a_code(infobox: Town) -> None:
    kiosk = infobox.kiosk
    infobox.slot.put(ContactCard(content_of(ContactCardState())))
    kiosk.wait_showing("account")
    infobox.take_card()
    kiosk.wait_showing("attract")


@pytest.mark.parametrize(
    ("card", "cause"),
    [(contact_faults.bank_card(), "unsupported"), (contact_faults.TurnedOver(), "")],
    ids=["a bank card", "a card the wrong way round"],
)
def test_a_card_in_trouble_is_told_and_leaves_nothing_behind(
    infobox: Town, card: Card, cause: str
) -> None:
    kiosk = infobox.kiosk
    infobox.slot.put(card)
    kiosk.wait_showing("problem")
    assert cause in kiosk.log.read_text()
    infobox.take_card()
    kiosk.touch("problem-card", "finish")
    kiosk.wait_showing("attract")


def _ask_for_a_code(kiosk: Kiosk) -> None:
    kiosk.touch("attract", "touch")
    kiosk.wait_showing("home")
    kiosk.touch("home", "tile.account")
    kiosk.wait_showing("can")
    kiosk.touch("can", "way.phone")
    kiosk.wait_showing("phone")


def _scanned_code(kiosk: Kiosk, folder: Path) -> str:
    """What a phone's camera reads off the screen."""
    picture = folder / "screen.png"
    kiosk.screenshot(picture)
    (found,) = pyzbar.decode(Image.open(picture).convert("L"))
    place: str = found.data.decode()
    return parse_qs(urlsplit(place).query)["user_code"][0]


def _type_pin(kiosk: Kiosk, screen: str, pin: str) -> None:
    for digit in pin:
        kiosk.touch(screen, f"key.{digit}")
    kiosk.touch(screen, "key.ok")
