"""Every sample card there is, of all kinds, in one registry."""

from tests.fakes.eobcanka_card import samples as contact_samples
from tests.fakes.virtual_card import sample_documents, sample_faults
from tests.fakes.virtual_card.sample_cards import SAMPLE_CARDS, SampleCard, make

__all__ = ["SAMPLE_CARDS", "SampleCard", "make"]

sample_documents.add_all()
sample_faults.add_all()
contact_samples.add_all()
