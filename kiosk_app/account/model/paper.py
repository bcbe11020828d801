"""Contracts and documents of the person; it holds no files."""

from dataclasses import dataclass
from datetime import date

from kiosk_app.account.model.text import LocalizedText


@dataclass(frozen=True)
class Contract:
    """A contract with the city; `terms` says in a sentence what it costs or gives."""

    id: str
    reference_number: str
    title: LocalizedText
    department: LocalizedText
    terms: LocalizedText
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Document:
    """A document of the person: a decision, a certificate, an identity document.

    `has_file` says that the city hall hands out its PDF.
    """

    id: str
    title: LocalizedText
    department: LocalizedText
    issued: date
    valid_until: date | None
    has_file: bool = False
