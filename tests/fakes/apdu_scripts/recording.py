"""Records what the kiosk says to a sample card and what the card answers, both without chance."""

from collections.abc import Callable
from io import StringIO

from kiosk_app.cards.password_option import password_from
from kiosk_app.cards.reading import CardReading, read_card
from tests.fakes.apdu_scripts.meaning import meaning
from tests.fakes.apdu_scripts.script import Script, Step
from tests.fakes.document_signer import SampleState
from tests.fakes.document_signer.sample_keys import chance_from
from tests.fakes.virtual_card import command as card_command
from tests.fakes.virtual_card.all_samples import SAMPLE_CARDS, make
from tests.fakes.virtual_card.chip import Chip

KINDS = {
    "jana": "TD1, PACE with generic mapping",
    "im": "TD1, PACE with integrated mapping",
    "cam": "TD1, PACE with chip authentication mapping",
    "old-passport": "TD3, BAC",
    "jana-contact": "eObčanka, contact chip",
}
_STATE = SampleState(seed="apdu scripts")

Transmit = Callable[[bytes], bytes]


class _Noting(Chip):
    """A chip that notes what each protected command said inside."""

    inside = ""

    def _carry_out(self, header: bytes, data: bytes, le: int) -> tuple[bytes, int]:
        self.inside = meaning(header, data)
        return super()._carry_out(header, data, le)


def record(name: str) -> Script:
    """Read a sample card and write down what was said."""
    card = make(name, _STATE)
    if isinstance(card, Chip):
        card = _Noting(card.document, profile=card.profile)
        card.draw_from(chance_from(f"{name}/card"))
    steps: list[Step] = []

    def transmit(command: bytes) -> bytes:
        answer = card.answer(command) or b""
        inside = card.inside if isinstance(card, _Noting) and command[0] & 0x0C else ""
        comment = f"protected: {inside}" if inside else _plain_meaning(command)
        steps.append(Step(command, answer, comment))
        return answer

    read_as_recorded(name, transmit, card.atr)
    remark = f"{KINDS[name]}; made by: python -m tests.fakes.apdu_scripts record {name}"
    return Script(remark, card.atr, tuple(steps))


def _plain_meaning(command: bytes) -> str:
    parsed = card_command.parse(command)
    return meaning(parsed.header, parsed.data)


def read_as_recorded(name: str, transmit: Transmit, atr: bytes) -> CardReading:
    """Read a card as ``record`` did, with the same secrets of the terminal.

    Raises:
        CardProblem: the card did not answer as recorded.
    """
    option, _, value = SAMPLE_CARDS[name].opens.partition(" ")
    can = value if option == "--can" else None
    zone = value.strip("'") if option == "--mrz" else None
    password = password_from(can, zone, {}, StringIO())
    return read_card(transmit, atr, password, chance_from(f"{name}/terminal"))
