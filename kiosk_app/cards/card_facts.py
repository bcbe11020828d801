"""What `kiosk-app card read` prints of a card: a reading in, named facts out; prints nothing.

The names are the stable shape of the command's JSON: docs/cards.md. What is personal beyond the
printed front of a card (birth number, optional data, place of birth, marital status) is given only
on demand.
"""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from kiosk_app.cards.chip import ChipReading
from kiosk_app.cards.eobcanka.card_data import SecurityCode
from kiosk_app.cards.eobcanka.contact_card import ContactCardReading
from kiosk_app.cards.mrz import MrzFacts, ShortDate
from kiosk_app.cards.reading import CardReading, expired

Facts = Mapping[str, object]
"""Texts, numbers, yes or no; None: the card does not say."""

_UNKNOWN = "??"
_LABELS = {
    "iok_state": "IOK",
    "iok_tries_left": "IOK tries left",
    "iok_tries_most": "IOK tries at most",
    "dok_state": "DOK",
    "dok_tries_left": "DOK tries left",
    "dok_tries_most": "DOK tries at most",
    "verified": "Verified by anybody",
}


def card_facts(reading: CardReading, reader: str, today: date, *, personal: bool) -> Facts:
    """Name the facts of a card, in the order in which they are printed.

    Args:
        reading: what was read.
        reader: the reader's name.
        today: the day by which it is expired or not.
        personal: with what is not printed on a card's front.
    """
    kind = "icao" if isinstance(reading, ChipReading) else "eobcanka-contact"
    known = _chip(reading, today) if isinstance(reading, ChipReading) else _contact(reading)
    more = _personal(reading) if personal else {}
    end = {"expired": expired(reading, today), "verified": False}
    return {"kind": kind, "reader": reader, **known, **more, **end}


def readable(facts: Facts) -> str:
    """Write facts for a person, one in a line."""
    labels = {name: _LABELS.get(name, name.replace("_", " ").capitalize()) for name in facts}
    width = max(map(len, labels.values())) + 2
    lines = (f"{labels[name] + ':':<{width}}{_said(value)}\n" for name, value in facts.items())
    return "".join(lines)


def _said(value: object) -> str:
    match value:
        case True | False:
            return "yes" if value else "no"
        case None | "":
            return "not said"
        case _:
            return str(value)


def _chip(reading: ChipReading, today: date) -> Facts:
    zone = reading.mrz
    return {
        **_holder(zone, today),
        "document_code": zone.document_code,
        "issuing_state": zone.issuing_state,
        "document_number": zone.document_number,
        "expiry": _written(zone.expiry.expiry(), zone.expiry),
        "access": reading.access.value,
        "chip_authentication": reading.dg14 is not None,
        "active_authentication": reading.dg15 is not None,
    }


def _holder(zone: MrzFacts, today: date) -> Facts:
    return {
        "surname": zone.surname,
        "given_names": zone.given_names,
        "birth": _written(zone.birth.birth(today), zone.birth),
        "sex": zone.sex,
        "nationality": zone.nationality,
    }


def _contact(reading: ContactCardReading) -> Facts:
    facts, data = reading.facts, reading.data
    return {
        "surname": facts.surname,
        "given_names": facts.given_names,
        "birth": None if facts.birth is None else facts.birth.isoformat(),
        "sex": facts.sex,
        "document_number": facts.document_number,
        "expiry": facts.valid_until.date().isoformat(),
        "card_number": data.card_number,
        "serial_number": data.serial_number,
        **_code("iok", data.iok),
        **_code("dok", data.dok),
        "issuer": facts.issuer,
        "issuers_on_chip": len(reading.issuers),
    }


def _code(name: str, code: SecurityCode) -> Facts:
    return {
        f"{name}_state": code.state.value,
        f"{name}_tries_left": code.tries_left,
        f"{name}_tries_most": code.tries_most,
    }


def _personal(reading: CardReading) -> Facts:
    match reading:
        case ChipReading():
            return {"optional_data": reading.mrz.optional}
        case ContactCardReading(facts=facts):
            return {
                "birth_number": facts.birth_number,
                "birth_place": facts.birth_place,
                "marital_status": facts.marital_status,
            }
        case _ as unreachable:
            assert_never(unreachable)


def _written(whole: date | None, parts: ShortDate) -> str:
    """Write a date of an MRZ; where a part is unknown, the year has two digits."""
    if whole is not None:
        return whole.isoformat()
    known = (parts.year, parts.month, parts.day)
    return "-".join(_UNKNOWN if part is None else f"{part:02d}" for part in known)
