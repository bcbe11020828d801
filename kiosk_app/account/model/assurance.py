"""How surely a person was recognised, and what can be opened; which opens what is configured."""

from enum import StrEnum


class Assurance(StrEnum):
    """What a sign-in proved; docs/identity.md says what each does and does not mean."""

    IDENTIFIED = "identified"
    """A state signed these data; the chip did not prove that it is the original."""
    CHIP = "chip"
    """The document's own chip lies on the reader."""
    CHIP_PIN = "chip-pin"
    """That, and the account PIN was known."""
    OPENID = "openid"
    """The city's OpenID provider vouches for the person."""


class Scope(StrEnum):
    """A part of the account that an assurance opens or keeps shut."""

    OVERVIEW = "overview"
    """To-dos."""
    CASES = "cases"
    PAYMENTS = "payments"
    CONTRACTS = "contracts"
    DOCUMENTS = "documents"
    MESSAGES = "messages"
    APPOINTMENTS = "appointments"
    CHOICES = "choices"
    SUBMISSIONS = "submissions"
    """Everything that is written: messages, appointments, choices."""
    MANDATES = "mandates"
    """The accounts of the family and of companies."""
