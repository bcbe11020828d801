"""The sample cards that break the rules, by name; the ways themselves are in ``faults``."""

from collections.abc import Callable

from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Offer, Profile
from tests.fakes.virtual_card.sample_cards import SampleCard, chip, register
from tests.fakes.virtual_card.slot import Card

_STRONG = Profile((Offer(bits=256), Offer(parameter_id=13)))
_FAULTS: dict[str, tuple[str, Callable[[Chip], Card]]] = {
    "cloned": ("copied files, without the chip's private key", faults.cloned_chip),
    "mute": ("says nothing", faults.mute),
    "garbage": ("answers with chance", faults.garbage),
    "endless": ("every answer says that more is there (61xx)", faults.endless),
    "wrong-length": ("every answer says that Le is wrong (6Cxx)", faults.wrong_length),
    "crumbs": ("announces a large file and gives it in single bytes", faults.crumbs),
    "lying-length": ("files claim 16 MB", faults.lying_length),
    "bomb": ("EF.CardAccess is a tower of data objects", faults.bomb),
    "wide-bomb": ("EF.CardAccess is thousands of empty data objects", faults.wide_bomb),
    "wrong-mac": ("the code of each protected answer is wrong", faults.wrong_mac),
    "replaying": ("repeats its first protected answer", faults.replaying),
    "wrong-counter": ("counts one protected answer twice", faults.wrong_counter),
    "truncated": ("each long answer lacks its last byte", faults.truncated),
    "pulled": ("leaves the field after ten commands", lambda chip: faults.taken_after(chip, 10)),
}


def _add(name: str, sentence: str, fault: Callable[[Chip], Card]) -> None:
    opens = f"--can {JANA.can}"
    register(SampleCard(name, sentence, opens, lambda state: fault(chip(state))))


def _downgraded(state: SampleState) -> Card:
    return faults.downgraded(chip(state, profile=_STRONG))


def add_all() -> None:
    """Register them."""
    for name, (sentence, fault) in _FAULTS.items():
        _add(name, sentence, fault)
    words = "EF.CardAccess offers less than the signed DG14"
    register(SampleCard("downgraded", words, f"--can {JANA.can}", _downgraded))
