"""``kiosk-app card read``: prints the facts of the card on a reader; asks no gateway."""

import argparse
import json
import sys
from getpass import getpass

from kiosk_app.cards import pcsc
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.mrz import MrzFacts, ShortDate


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``card``; the namespace holds ``run(namespace) -> exit code``."""
    card = subparsers.add_parser("card", help="work with the card on a reader")
    actions = card.add_subparsers(dest="action", required=True)
    read = actions.add_parser("read", help="print what the card says, unverified")
    read.add_argument(
        "--can",
        help="the six digits printed on the card; without it they are asked for, so that no list "
        "of processes shows them",
    )
    read.add_argument("--json", action="store_true", help="print JSON")
    read.add_argument("--reader", help="the reader's name; otherwise the first with a card")
    read.set_defaults(run=run_read)


def run_read(arguments: argparse.Namespace) -> int:
    """Read the card and print its facts; 1 and one sentence on stderr when it cannot be read."""
    try:
        reader = arguments.reader or _reader_with_card()
        can = arguments.can or _ask_can()
        with pcsc.open_card(reader) as card:
            facts = describe(read_chip(card.transmit, can).mrz)
    except CardProblem as problem:
        sys.stderr.write(f"kiosk-app card read: {problem.cause}: {problem.detail}\n")
        return 1
    if arguments.json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{name}: {value}\n" for name, value in facts.items())
    return 0


def _ask_can() -> str:
    if sys.stdin.isatty():
        return getpass("CAN: ")
    return sys.stdin.readline().strip()


def _reader_with_card() -> str:
    statuses = pcsc.statuses()
    if not statuses:
        raise CardProblem(CardCause.READER_MISSING, "There is no card reader.")
    found = next((status.name for status in statuses if status.present), None)
    if found is None:
        raise CardProblem(CardCause.TAKEN_TOO_EARLY, "No card lies on a reader.")
    return found


def describe(facts: MrzFacts) -> dict[str, str]:
    """Name the facts for printing; the optional data may hold a birth number and stays out."""
    return {
        "document_code": facts.document_code,
        "issuing_state": facts.issuing_state,
        "document_number": facts.document_number,
        "surname": facts.surname,
        "given_names": facts.given_names,
        "birth": _date(facts.birth),
        "sex": facts.sex,
        "expiry": _date(facts.expiry),
        "nationality": facts.nationality,
    }


def _date(date: ShortDate) -> str:
    parts = (date.year, date.month, date.day)
    return "-".join("??" if part is None else f"{part:02d}" for part in parts)
