"""Fuzzed answers of every kind of card: whatever comes, the reading ends in a cause or in facts.

`make test` reads some thousands, `make soak` a hundred thousand.
"""

import contextlib
import sys
from collections import Counter
from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk_app.cards.causes import CardProblem
from kiosk_app.cards.icao.data_groups import parse_dg1, parse_dg14
from kiosk_app.cards.icao.security_infos import SecurityInfoError
from kiosk_app.cards.mrz import MrzError, parse_mrz
from kiosk_app.cards.password_option import password_from
from kiosk_app.cards.reading import read_card
from kiosk_app.cards.tlv import TlvError
from tests.fakes.document_signer import SampleState
from tests.fakes.virtual_card.all_samples import SAMPLE_CARDS, make
from tests.fakes.virtual_card.fuzzing import Fuzz, Fuzzed, fuzzes
from tests.fakes.virtual_card.slot import Card

PACE = ("jana", "im", "cam", "3des", "short", "active-rsa")
KINDS = (*PACE, *("old-passport", "jana-contact") * 3)  # those without curves are read faster
STATE = SampleState(seed="fuzz")
CARDS: dict[str, Card] = {name: make(name, STATE) for name in set(KINDS)}
LAST_ANSWER = 19
MOST_COMMANDS = 5_000
FEW, MANY = 2_000, 100_000
QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)


def read(name: str, fuzz: Fuzz) -> tuple[str, int, int]:
    """Read a spoiled card; give how it ended, and how many answers were spoiled and given."""
    card = Fuzzed(CARDS[name], fuzz)
    asked = 0

    def transmit(command: bytes) -> bytes:
        nonlocal asked
        asked += 1
        if asked > MOST_COMMANDS:
            pytest.fail("The reading has no end.")
        return card.answer(command) or b""

    option, _, value = SAMPLE_CARDS[name].opens.partition(" ")
    zone = value.strip("'") if option == "--mrz" else None
    password = password_from(value if option == "--can" else None, zone, {}, StringIO())
    try:
        read_card(transmit, card.atr, password)
    except CardProblem as problem:
        return problem.cause.value, card.spoiled, asked
    return "read", card.spoiled, asked


def sweep(examples: int) -> tuple[Counter[str], int]:
    """Read that many spoiled cards; give how they ended and how many answers were spoiled."""
    ends: Counter[str] = Counter()
    spoiled = 0

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=QUIET)
    @given(st.sampled_from(KINDS), fuzzes(LAST_ANSWER))
    def one(name: str, fuzz: Fuzz) -> None:
        nonlocal spoiled
        end, count, _ = read(name, fuzz)
        ends[end] += 1
        spoiled += count

    one()
    return ends, spoiled


def test_fuzzed_answers_end_in_a_cause() -> None:
    ends, spoiled = sweep(FEW)
    assert spoiled >= FEW // 2
    assert {"damaged", "unsupported", "wrong-can", "read"} <= set(ends)


@pytest.mark.soak
def test_a_hundred_thousand_fuzzed_answers_end_in_a_cause() -> None:
    spoiled, ends = 0, Counter[str]()
    while spoiled < MANY:
        ended, count = sweep(MANY // 10)
        spoiled, ends = spoiled + count, ends + ended
        sys.stderr.write(f"{spoiled} answers spoiled: {dict(ends)}\n")


@pytest.mark.parametrize(
    ("parse", "errors"),
    [
        (parse_dg1, (TlvError, MrzError)),
        (parse_dg14, (TlvError, SecurityInfoError)),
        (lambda data: parse_mrz(data.decode("latin-1")), (MrzError,)),
    ],
    ids=["dg1", "dg14", "mrz"],
)
@given(st.data())
def test_any_file_is_facts_or_a_sentence(
    parse: Callable[[bytes], object], errors: tuple[type[Exception], ...], data: st.DataObject
) -> None:
    raw = data.draw(st.binary(max_size=200))
    with contextlib.suppress(*errors):
        parse(raw)
