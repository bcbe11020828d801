"""A citizen at the real kiosk: card, account, payment, paper; touched through X events."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.document_signer import Person
from tests.integration.kiosk_rig import alive, wait_until
from tests.integration.kiosk_town import CAN, WASTE_FEE, Town, town


@pytest.fixture
def infobox(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as infobox:
        yield infobox


def test_from_the_can_to_a_printed_payment_and_a_clean_screen(infobox: Town) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    infobox.sign_in()
    kiosk.touch("account-todos", WASTE_FEE)
    kiosk.wait_showing("payment")
    kiosk.touch("payment", "print")
    kiosk.wait_showing("printed")
    assert len(infobox.printer.receipts) == 1
    infobox.take_card()
    wait_until("the used window's death", lambda: not alive(used), 3)
    kiosk.wait_showing("attract")


def test_a_card_first_asks_for_the_can(infobox: Town) -> None:
    kiosk = infobox.kiosk
    infobox.put_card()
    kiosk.wait_showing("can")
    kiosk.type_can(CAN)
    kiosk.wait_showing("account")
    infobox.take_card()
    kiosk.wait_showing("attract")


def test_a_wrong_can_asks_again_and_the_right_one_goes_on(infobox: Town) -> None:
    kiosk = infobox.kiosk
    infobox.put_card()
    kiosk.wait_showing("can")
    kiosk.type_can("654321")
    wait_until("the second try", lambda: "wrong-can" in kiosk.log.read_text())
    kiosk.wait_showing("can")
    for digit in CAN:
        kiosk.touch("can-wrong", f"key.{digit}")
    kiosk.touch("can-complete", "key.ok")
    kiosk.wait_showing("account")
    infobox.take_card()
    kiosk.wait_showing("attract")


def test_taking_a_card_without_an_account_ends_its_process_too(infobox: Town) -> None:
    kiosk = infobox.kiosk
    used = kiosk.windows()[0]
    infobox.sign_in(Person("NEZNAMA", "EVA", "999009899", "900101", "F", "318264"), then="problem")
    infobox.take_card()
    wait_until("the used window's death", lambda: not alive(used), 3)
    kiosk.wait_showing("attract")


def test_finishing_with_the_card_still_there_asks_to_take_it(infobox: Town) -> None:
    kiosk = infobox.kiosk
    infobox.sign_in()
    kiosk.touch("account-todos", "finish")
    kiosk.wait_showing("take-card")
    infobox.take_card()
    kiosk.wait_showing("attract")
