"""Sample cards read and handed in as a kiosk does."""

from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.passwords import Can
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document


def evidence_of(document: Document, card_access: bytes | None = None) -> DocumentEvidence:
    """The files of a document as they were written into it."""
    return DocumentEvidence(
        dg1=document.dg1,
        sod=document.sod,
        dg14=document.dg14 or None,
        dg15=document.dg15 or None,
        card_access=card_access,
        card_security=document.card_security or None,
    )


def reading_of(chip: Chip) -> ChipReading:
    """Read a chip with its own number."""
    return read_chip(lambda command: chip.answer(command) or b"", Can(chip.document.can))


def read_evidence(reading: ChipReading) -> DocumentEvidence:
    """What a kiosk hands in of a reading."""
    return DocumentEvidence(
        dg1=reading.dg1,
        sod=reading.sod,
        dg14=reading.dg14,
        dg15=reading.dg15,
        card_access=reading.card_access,
        card_security=reading.card_security,
    )
