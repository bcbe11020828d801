"""Lays a sample card on a reader until it is interrupted; ``kiosk-app card virtual`` runs it."""

import signal
import sys
from pathlib import Path

from tests.fakes.document_signer import SampleState
from tests.fakes.virtual_card.all_samples import SAMPLE_CARDS, make
from tests.fakes.virtual_card.place import machine_reader, own_reader, there
from tests.fakes.virtual_card.slot import Slot

_SEED = "the sample state of the virtual cards"
_NO_READER = (
    "No virtual reader takes a card at port {port}: install the Debian packages pcscd and "
    "vsmartcard-vpcd, start pcscd, and call again."
)


def listed() -> str:
    """Write the names of the sample cards with what they are and what opens them."""
    width = max(len(name) for name in SAMPLE_CARDS)
    return "".join(
        f"{name:{width}}  {'; '.join(filter(None, (card.sentence, card.opens)))}\n"
        for name, card in SAMPLE_CARDS.items()
    )


def lay_down(name: str, port: int, reader: Path | None, state: Path | None) -> int:
    """Lay a card down and wait for Ctrl-C; 1 and one sentence on stderr without a reader.

    Args:
        name: one of the sample cards.
        port: of the machine's vpcd.
        reader: instead of it, the directory of a ``tests.fakes.card_reader``.
        state: who issues the card: a directory made by ``tests.fakes.document_signer``.
    """
    connect = machine_reader(port) if reader is None else own_reader(reader)
    if not there(connect):
        sys.stderr.write(_NO_READER.format(port=reader or port) + "\n")
        return 1
    issuer = SampleState(seed=_SEED) if state is None else SampleState.load(state)
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # before the slot's thread, which inherits it
    slot = Slot(connect)
    slot.put(make(name, issuer))
    sys.stdout.write(f"{name} lies on the reader until Ctrl-C: {SAMPLE_CARDS[name].sentence}.\n")
    sys.stdout.write(
        f"Read it elsewhere: kiosk-app card read {SAMPLE_CARDS[name].opens}".rstrip() + "\n"
    )
    sys.stdout.flush()
    signal.sigwait(ends)
    slot.close()
    return 0
