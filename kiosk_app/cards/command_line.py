"""``kiosk-app card``: prints the facts of the card on a reader; asks no gateway."""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from kiosk_app.cards import pcsc, virtual
from kiosk_app.cards.card_facts import card_facts, readable
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.icao.passwords import Password
from kiosk_app.cards.password_option import NEEDED, PasswordOptionError, password_from
from kiosk_app.cards.pcsc import ReaderStatus
from kiosk_app.cards.reading import CardReading, read_card, refuse_expired

EXIT_CODES: Mapping[CardCause, int] = {
    CardCause.WRONG_CAN: 3,
    CardCause.TAKEN_TOO_EARLY: 4,
    CardCause.TURNED_OVER: 5,
    CardCause.UNSUPPORTED: 6,
    CardCause.EXPIRED: 7,
    CardCause.READER_MISSING: 8,
    CardCause.DAMAGED: 9,
}
WRONG_USE = 2

_CODES = ", ".join(f"{code} {cause.value}" for cause, code in EXIT_CODES.items())


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``card``; the namespace holds ``run(namespace) -> exit code``."""
    card = subparsers.add_parser("card", help="work with the card on a reader")
    actions = card.add_subparsers(dest="action", required=True)
    read = actions.add_parser(
        "read",
        help="print what the card says, unverified",
        epilog=f"Exit codes: 0 read, 2 wrong use, {_CODES}.",
    )
    read.add_argument("--can", help="the six digits printed on the card; - reads them")
    read.add_argument(
        "--mrz",
        help="the machine readable zone, its lines with spaces between; or document number, birth "
        "date and expiry date; - reads the lines",
    )
    read.add_argument("--reader", help="a part of the reader's name; otherwise one with a card")
    read.add_argument("--json", action="store_true", help="print JSON")
    read.add_argument(
        "--personal",
        action="store_true",
        help="print the birth number or optional data, place of birth and marital status too",
    )
    read.set_defaults(run=run_read)
    virtual.add_parser(actions)


def run_read(arguments: argparse.Namespace) -> int:
    """Read the card and print its facts.

    Returns:
        0, or the code of ``EXIT_CODES`` for the cause with one sentence on stderr; an expired
        card's facts are printed all the same.
    """
    try:
        _run(arguments)
    except PasswordOptionError as error:
        sys.stderr.write(f"kiosk-app card read: {error}.\n")
        return WRONG_USE
    except CardProblem as problem:
        tries = "" if problem.tries_left is None else f" Tries left: {problem.tries_left}."
        sys.stderr.write(f"kiosk-app card read: {problem.cause}: {problem.detail}{tries}\n")
        return EXIT_CODES[problem.cause]
    return 0


def _run(arguments: argparse.Namespace) -> None:
    password = password_from(arguments.can, arguments.mrz, os.environ, sys.stdin)
    reader = _chosen(pcsc.statuses(), arguments.reader)
    if reader.kind.wants_password and password is None:
        raise PasswordOptionError(NEEDED)
    _print(reader.name, _read(reader.name, password), arguments)


def _read(reader: str, password: Password | None) -> CardReading:
    with pcsc.open_card(reader) as card:
        return read_card(card.transmit, card.atr, password)


def _print(reader: str, reading: CardReading, arguments: argparse.Namespace) -> None:
    today = datetime.now(UTC).date()
    facts = card_facts(reading, reader, today, personal=arguments.personal)
    as_json = json.dumps(dict(facts), ensure_ascii=False, indent=2) + "\n"
    sys.stdout.write(as_json if arguments.json else readable(facts))
    refuse_expired(reading, today)


def _chosen(readers: tuple[ReaderStatus, ...], wanted: str | None) -> ReaderStatus:
    """The reader that is meant: the named one, else the first with a card."""
    named = [status for status in readers if wanted is None or wanted in status.name]
    if not named:
        raise CardProblem(CardCause.READER_MISSING, _which_readers(readers))
    found = next((status for status in named if status.present), None)
    if found is None:
        raise CardProblem(CardCause.TAKEN_TOO_EARLY, "No card lies on a reader.")
    return found


def _which_readers(readers: tuple[ReaderStatus, ...]) -> str:
    if not readers:
        return "There is no card reader."
    return f"There is no such reader; there are: {', '.join(r.name for r in readers)}."
