"""Recorded conversations over real pcscd: the kiosk reads them, and their floor is measured."""

from collections.abc import Iterator

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.chip import ChipReading
from tests.fakes.apdu_scripts.floor import floor
from tests.fakes.apdu_scripts.recording import read_as_recorded
from tests.fakes.apdu_scripts.script import load
from tests.fakes.apdu_scripts.script_card import ScriptCard
from tests.fakes.card_reader import READER_NAME
from tests.integration.card_rig import CardRig, card_rig


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[CardRig]:
    with card_rig(monkeypatch) as rig:
        yield rig


@pytest.mark.parametrize("name", ["jana", "old-passport"])
def test_a_script_is_read_and_its_floor_measured_on_the_same_reader(
    rig: CardRig, name: str
) -> None:
    script = load(name)
    card = ScriptCard(script)
    with pcsc.open_card(rig.lay(card)) as opened:
        assert isinstance(read_as_recorded(name, opened.transmit, opened.atr), ChipReading)
        assert card.finished  # here: the end of the session resets the card
    with pcsc.open_card(READER_NAME) as opened:
        assert floor(script, opened.transmit) > 0
