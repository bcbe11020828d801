"""Reading a chip over the virtual reader, and the same APDUs answered from a script; no gateway.

It runs in a process of its own because the PC/SC library looks for its daemon once, at the start.
The card lives in that process too, so its thread takes some of the time; what the card itself
computes is measured and taken off.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kiosk_app.cards import pcsc
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from tests.bench.harness import Goal, Result, Series
from tests.fakes.card_reader import READER_NAME, CardReader, environment
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.sample_cards import chip
from tests.fakes.virtual_card.slot import Card, Slot

ROUNDS = 100
GOAL = Goal(0.95, 60.0)
ROOT = Path(__file__).parents[2]


class TimedCard:
    """A chip whose own time is counted and whose answers are kept."""

    def __init__(self, honest: Chip) -> None:
        self.atr = honest.atr
        self.exchanges: list[tuple[bytes, bytes]] = []
        self.seconds = 0.0
        self._chip = honest

    def reset(self) -> None:
        self._chip.reset()

    def answer(self, command: bytes) -> bytes | None:
        begun = time.perf_counter()
        answer = self._chip.answer(command)
        self.seconds += time.perf_counter() - begun
        self.exchanges.append((command, answer or b""))
        return answer


class ScriptedCard:
    """Gives kept answers one after the other, whatever it is asked."""

    def __init__(self, timed: TimedCard) -> None:
        self.atr = timed.atr
        self._answers = iter([answer for _command, answer in timed.exchanges])

    def reset(self) -> None:
        """There is no session to forget."""

    def answer(self, _command: bytes) -> bytes | None:
        return next(self._answers)


def chip_read(rounds: int = ROUNDS) -> Result:
    """PACE on P-256 with AES-128, DG1, DG14 and EF.SOD, against the bare exchange of the APDUs."""
    with CardReader() as reader:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench.chip_read", str(reader.directory), str(rounds)],
            cwd=ROOT,
            env={**os.environ, **environment(reader.directory)},
            capture_output=True,
            text=True,
            check=True,
        )
    ours, floor = json.loads(ran.stdout)
    return Result(
        "Chip read (PACE P-256 AES-128, DG1, DG14, EF.SOD) over pcscd",
        Series("read, without what the card computes", tuple(ours)),
        (Series("the same APDUs from a script", tuple(floor)),),
        GOAL,
    )


def _measure(directory: Path, rounds: int) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    floor: list[float] = []
    honest = chip(SampleState(), JANA)
    with closing(Slot(directory)) as slot:
        for _ in range(rounds):
            timed = TimedCard(honest)
            took = _with_card(slot, timed, lambda send: read_chip(send, Can(JANA.can)))
            ours.append(took - 1000 * timed.seconds)
            commands = [command for command, _answer in timed.exchanges]
            floor.append(
                _with_card(
                    slot,
                    ScriptedCard(timed),
                    lambda send, commands=commands: [send(command) for command in commands],  # type: ignore[misc] # bound in each round
                )
            )
    return ours, floor


def _with_card(slot: Slot, card: Card, work: Callable[[Callable[[bytes], bytes]], object]) -> float:
    """Lay a card down, time the work with it in milliseconds, take it away."""
    slot.put(card)
    _wait(present=True)
    with pcsc.open_card(READER_NAME) as opened:
        begun = time.perf_counter()
        work(opened.transmit)
        took = 1000 * (time.perf_counter() - begun)
    slot.take()
    _wait(present=False)
    return took


def _wait(*, present: bool) -> None:
    while any(status.present for status in pcsc.statuses()) != present:
        time.sleep(0.01)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]), int(sys.argv[2]))))
