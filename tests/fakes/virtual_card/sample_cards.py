"""The sample cards by name: what each one is, what opens it, how it is made; open for others.

A maker gets the sample state that issues the card and gives what lies on a reader (``slot.Card``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.fakes.document_signer import JANA, Person, Recipe, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Profile
from tests.fakes.virtual_card.slot import Card


@dataclass(frozen=True)
class SampleCard:
    """One sample card.

    Attributes:
        sentence: what it is, for a list.
        opens: what the terminal must be told: options of ``kiosk-app card read``.
        make: makes it, issued by a state.
    """

    name: str
    sentence: str
    opens: str
    make: Callable[[SampleState], Card]


SAMPLE_CARDS: dict[str, SampleCard] = {}


def register(card: SampleCard) -> None:
    """Add a sample card; the name must be new."""
    if card.name in SAMPLE_CARDS:
        raise ValueError(f"There is a sample card {card.name} already.")
    SAMPLE_CARDS[card.name] = card


def make(name: str, state: SampleState) -> Card:
    """Make a sample card.

    Raises:
        KeyError: there is none of that name.
    """
    return SAMPLE_CARDS[name].make(state)


def chip(
    state: SampleState,
    person: Person = JANA,
    profile: Profile | None = None,
    recipe: Recipe | None = None,
) -> Chip:
    """Make a chip whose DG14 repeats its variants of PACE; by default an eOP of today."""
    profile = profile or Profile(tries=5)
    recipe = recipe or Recipe()
    document = state.issue(person, replace(recipe, offers=profile.offers))
    return Chip(document, profile=profile)
