"""The recorded conversations with each kind of card: current, and played to the kiosk's reading."""

import pytest

from kiosk_app.cards.causes import CardProblem
from kiosk_app.cards.chip import ChipReading
from kiosk_app.cards.eobcanka.contact_card import ContactCardReading
from tests.fakes.apdu_scripts.recording import KINDS, read_as_recorded, record
from tests.fakes.apdu_scripts.script import Script, load, parse, path_of
from tests.fakes.apdu_scripts.script_card import ScriptCard


def played(name: str, card: ScriptCard) -> ChipReading | ContactCardReading:
    return read_as_recorded(name, lambda command: card.answer(command) or b"", card.atr)


@pytest.mark.parametrize("name", KINDS)
def test_a_script_is_current(name: str) -> None:
    current = path_of(name).read_text(encoding="utf-8")
    anew = record(name).text()
    assert current == anew, f"record it: python -m tests.fakes.apdu_scripts record {name}"


@pytest.mark.parametrize("name", KINDS)
def test_the_reading_follows_a_script_to_its_end(name: str) -> None:
    card = ScriptCard(load(name))
    reading = played(name, card)
    assert card.finished
    assert card.strayed == 0
    if isinstance(reading, ChipReading):
        assert reading.mrz.surname.startswith("VZOR")


def test_a_script_card_refuses_what_is_not_recorded() -> None:
    card = ScriptCard(load("jana"))
    with pytest.raises(CardProblem):
        played("im", card)
    assert card.strayed
    assert not card.finished


def test_a_script_begins_anew_after_a_reset() -> None:
    card = ScriptCard(load("jana"))
    played("jana", card)
    assert card.answer(load("jana").steps[0].command) == b"\x6f\x00"
    card.reset()
    assert card.answer(load("jana").steps[0].command) == load("jana").steps[0].answer


@pytest.mark.parametrize("text", ["< 9000", "> 00\n> 00", "? 00", "> 0g", "> 00\n@ 3B"])
def test_a_broken_script_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Line \d|non-hexadecimal"):
        parse(text)


def test_a_script_survives_being_written_and_read() -> None:
    script: Script = load("cam")
    assert parse(script.text()) == script
