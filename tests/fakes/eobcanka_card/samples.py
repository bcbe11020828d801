"""The sample cards for a contact reader by name, and cards of other trades."""

from collections.abc import Callable

from tests.fakes.document_signer import SampleState
from tests.fakes.eobcanka_card import faults
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import KAREL, ContactCardState
from tests.fakes.virtual_card.sample_cards import SampleCard, register
from tests.fakes.virtual_card.slot import Card


def contact_state(state: SampleState) -> ContactCardState:
    """Give the authority that a sample state signs its contact cards with."""
    return ContactCardState(state.seed)


def _add(name: str, sentence: str, make: Callable[[ContactCardState], Card]) -> None:
    register(SampleCard(name, sentence, "", lambda state: make(contact_state(state))))


def add_all() -> None:
    """Register them."""
    _add("jana-contact", "contact chip of an eObčanka", lambda s: ContactCard(content_of(s)))
    _add("karel-contact", "the same of another person", lambda s: ContactCard(content_of(s, KAREL)))
    _add("blocked-contact", "contact chip with a blocked IOK", faults.blocked)
    _add("expired-contact", "contact chip whose certificate ended in 2021", faults.expired)
    _add("turned-over", "a card put in the wrong way round", lambda _: faults.TurnedOver())
    _add("bank", "a bank's card with contacts", lambda _: faults.bank_card())
    _add("library", "a library's contactless card", lambda _: faults.library_card())
