"""Reading a chip over the virtual reader, and the bare exchange of the same APDUs; no gateway.

It runs in a process of its own because the PC/SC library looks for its daemon once, at the start.
One reading of a real virtual chip is kept as a script. Then the same reading, with the terminal's
chance held still, and the bare exchange are timed in turn with a card that answers from the script:
what is more is the terminal's own work.
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
from tests.fakes.virtual_card.changing import Changing
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.sample_cards import chip
from tests.fakes.virtual_card.slot import Slot

ROUNDS = 100
GOAL = Goal(0.95, 60.0)
ROOT = Path(__file__).parents[2]


class KeepingCard:
    """A chip whose exchanges are kept."""

    def __init__(self, honest: Chip) -> None:
        self.atr = honest.atr
        self.exchanges: list[tuple[bytes, bytes]] = []
        self._chip = honest

    def reset(self) -> None:
        self._chip.reset()

    def answer(self, command: bytes) -> bytes | None:
        answer = self._chip.answer(command)
        self.exchanges.append((command, answer or b""))
        return answer


class ScriptedCard:
    """Gives kept answers one after the other, and none to a command that is not the kept one."""

    def __init__(self, kept: KeepingCard) -> None:
        self.atr = kept.atr
        self._exchanges = iter(kept.exchanges)

    def reset(self) -> None:
        """There is no session to forget."""

    def answer(self, command: bytes) -> bytes | None:
        expected, answer = next(self._exchanges)
        return answer if command == expected else None


def measure() -> tuple[Result, ...]:
    """The chip read alone."""
    return (chip_read(),)


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
    ours, floor, whole = json.loads(ran.stdout)
    return Result(
        "Chip read (PACE P-256 AES-128, DG1, DG14, EF.SOD) over pcscd",
        Series("read", tuple(ours)),
        (
            Series("the same APDUs, nothing computed", tuple(floor)),
            Series("read of a virtual chip that computes", tuple(whole)),
        ),
        GOAL,
    )


def _measure(directory: Path, rounds: int) -> tuple[list[float], list[float], list[float]]:
    ours: list[float] = []
    floor: list[float] = []
    whole: list[float] = []
    kept = KeepingCard(chip(SampleState(), JANA))
    lying = Changing(kept)
    with closing(Slot(directory)) as slot:
        slot.put(lying)
        while not any(status.present for status in pcsc.statuses()):
            time.sleep(0.01)
        _timed(_read)
        commands = [command for command, _answer in kept.exchanges]
        for _ in range(rounds):
            lying.change(ScriptedCard(kept))
            ours.append(_timed(_read))
            lying.change(ScriptedCard(kept))
            floor.append(_timed(lambda send: [*map(send, commands)]))
            lying.change(chip(SampleState(), JANA))
            whole.append(_timed(_read))
    return ours, floor, whole


def _still(size: int) -> bytes:
    """Give the terminal the same chance each time, so that it sends the kept commands."""
    return bytes(37 * at % 251 for at in range(size))


def _read(send: Callable[[bytes], bytes]) -> object:
    return read_chip(send, Can(JANA.can), chance=_still)


def _timed(work: Callable[[Callable[[bytes], bytes]], object]) -> float:
    """Time the work with the card that lies there, in milliseconds."""
    with pcsc.open_card(READER_NAME) as opened:
        begun = time.perf_counter()
        work(opened.transmit)
        return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]), int(sys.argv[2]))))
