"""Invented citizens by the thousand, for measurements; the same ones for the same seed.

Everybody is marked VZOR and has a document number that no state issued. It writes nothing.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

CrowdRow = tuple[str, tuple[object, ...]]
"""A table and a row of it, with the values of all columns in the schema's order."""

_IBAN: Final = "CZ9501000000001234567899"
_GIVEN: Final = ("ADAM", "BEDŘICH", "CYRIL", "DANIEL", "EMIL", "FILIP", "GUSTAV", "HYNEK", "IVAN")
_CHARGES: Final = (
    ("waste-fee", "Poplatek za komunální odpad", "Municipal waste fee", 850),
    ("dog-fee", "Poplatek ze psa", "Dog fee", 1500),
    ("rent", "Pachtovné za zahradu", "Rent for a garden plot", 1260),
    ("offences", "Pokuta za parkování", "Parking fine", 700),
    ("public-space", "Užívání veřejného prostranství", "Use of public space", 2400),
    ("library", "Poplatek z prodlení", "Overdue charge", 54),
)
_CONTRACTS: Final = (
    ("library", "Čtenářský průkaz", "Library card"),
    ("parking", "Rezidentní parkování", "Resident parking"),
    ("rent", "Pacht zahrady", "Lease of a garden plot"),
)
_STEPS: Final = (
    ("Žádost přijata", "Application received", "done"),
    ("Posouzení", "Assessment", "current"),
    ("Rozhodnutí", "Decision", "ahead"),
)
DOCUMENT_NUMBERS: Final = 810_000_000
"""The identity card of the crowd's n-th person (from 0) has this number plus n."""


def crowd_rows(persons: int, seed: int, today: date) -> Iterator[CrowdRow]:
    """All rows of that many persons, about twelve each."""
    chance = random.Random(seed)  # noqa: S311 - a sample that is always the same, no secret
    for number in range(persons):
        yield from _person(number, chance, today)


def _person(number: int, chance: random.Random, today: date) -> Iterator[CrowdRow]:
    key = f"DAV-{number}"
    name = f"{chance.choice(_GIVEN)} VZOR {number}"
    document = str(DOCUMENT_NUMBERS + number)
    issued = today - timedelta(chance.randint(10, 3600))
    until = issued + timedelta(3652)
    yield "person", (key, name, True)
    yield (
        "identity_document",
        ("CZE", document, key, "Občanský průkaz", "Identity card", issued, until),
    )
    for position in range(chance.randint(1, 3)):
        yield from _charge(f"{number}-{position}", key, chance, today)
    yield from _contract(number, key, chance, today)
    yield _message(number, key, chance, today)
    if chance.random() < 0.5:  # noqa: PLR2004 - every second one has something under way
        yield from _proceeding(number, key, chance, today)
    if chance.random() < 0.2:  # noqa: PLR2004 - and every fifth one comes to the office
        yield _appointment(number, key, chance, today)


def _charge(number: str, key: str, chance: random.Random, today: date) -> Iterator[CrowdRow]:
    office, cs, en, amount = chance.choice(_CHARGES)
    due = today + timedelta(chance.randint(-300, 60))
    paid = due - timedelta(5) if chance.random() < 0.8 else None  # noqa: PLR2004 - most pay in time
    symbol = f"81{chance.randrange(10**8):08d}"
    charge = f"DAV-{number}"
    texts = (office, cs, en, symbol, _IBAN, "VZOR NEPLATIT")
    yield "charge", (charge, key, *texts, amount, due, paid)
    if paid is not None:
        yield "payment", (charge, paid, amount)
    if office in {"offences", "public-space", "rent"}:
        for part in (1, 2):
            yield "instalment", (charge, due - timedelta(60 - 30 * part), amount / 2, paid)


def _contract(number: int, key: str, chance: random.Random, today: date) -> Iterator[CrowdRow]:
    office, cs, en = chance.choice(_CONTRACTS)
    begun = today - timedelta(chance.randint(1, 900))
    texts = (office, f"VZOR-DAV/{number}", cs, en, "na dobu neurčitou", "without an end")
    yield "contract", (f"DAV-{number}", key, *texts, begun, None)
    decision = ("Rozhodnutí", "Decision", begun, None, True)
    yield "issued_document", (f"DAV-{number}", key, chance.choice(("building", office)), *decision)


def _message(number: int, key: str, chance: random.Random, today: date) -> CrowdRow:
    texts = (
        f"Zpráva č. {number}",
        f"Message No {number}",
        "Text zprávy.",
        "Text.",
        "Odbor",
        "Office",
    )
    received = today - timedelta(chance.randint(1, 400))
    read = chance.random() < 0.9  # noqa: PLR2004 - most are read
    state = (received, read, "received", None, None, None, False)
    return "message", (f"DAV-{number}", key, *texts, *state)


def _proceeding(number: int, key: str, chance: random.Random, today: date) -> Iterator[CrowdRow]:
    name = f"DAV-{number}"
    opened = today - timedelta(chance.randint(10, 200))
    office = chance.choice(("building", "offences", "trade-licence"))
    texts = (office, f"VZOR/{number}", f"Řízení č. {number}", f"Case No {number}")
    desk = ("přepážka 4", "desk 4", None, None, None)
    yield "proceeding", (name, key, *texts, *desk, opened, None)
    for position, step in enumerate(_STEPS, start=1):
        yield "proceeding_step", (name, position, *step, opened if position == 1 else None)


def _appointment(number: int, key: str, chance: random.Random, today: date) -> CrowdRow:
    day = today + timedelta(chance.randint(1, 30))
    starts = datetime.combine(day, time(chance.randint(8, 16), 0))
    texts = ("Jednání", "Meeting", "Odbor", "Office", "Nová radnice", "New town hall")
    ends = starts + timedelta(minutes=20)
    return "appointment", (f"DAV-{number}", key, *texts, starts, ends)
