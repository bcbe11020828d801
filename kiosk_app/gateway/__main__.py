"""The command line of the account gateway: serve, agenda, csca, pin, audit, sample-city, openapi.

Each command brings its own libraries, which take half a second to load, when it is called.
"""

import argparse
import gc
import logging
import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kiosk_app.gateway.config import load_config
from kiosk_app.gateway.csca_command import add_csca
from kiosk_app.gateway.errors import CannotServe


def main() -> int:
    """Run one command; anything that stops it is one sentence on stderr and exit code 1."""
    arguments = _parser().parse_args()
    try:
        return int(arguments.command(arguments))
    except CannotServe as error:
        print(f"account-gateway: {error}", file=sys.stderr)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"account-gateway: {where}{error.strerror or error}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="account-gateway", description=__doc__)
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve accounts to kiosks over mutual TLS")
    serve.add_argument("--config", type=Path, required=True, help="gateway.toml")
    serve.set_defaults(command=_serve)
    sample = commands.add_parser("sample-city", help="make the sample city's database")
    sample.add_argument("--database", required=True, help="SQLAlchemy URL, as sqlite:////path")
    sample.add_argument(
        "--today",
        type=date.fromisoformat,
        help="the day the sample is made for (ISO 8601; today)",
    )
    sample.add_argument("--persons", type=int, default=0, help="invent so many persons more")
    sample.add_argument("--seed", type=int, default=1, help="which ones (1)")
    sample.set_defaults(command=_sample_city)
    _declare_agenda(commands)
    openapi = commands.add_parser("openapi", help="print the contract as OpenAPI YAML")
    openapi.set_defaults(command=_openapi)
    add_csca(commands)
    _declare_pin(commands)
    _declare_audit(commands)
    return parser


def _declare_agenda(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    agenda = commands.add_parser("agenda", help="declarations of agendas")
    actions = agenda.add_subparsers(required=True)
    check = actions.add_parser("check", help="try one declaration as the gateway would")
    check.add_argument("file", type=Path, help="its YAML file")
    check.add_argument("--database", metavar="URL", help="SQLAlchemy URL, as sqlite:////path")
    check.add_argument("--person", metavar="KEY", help="show what this person has in the agenda")
    check.add_argument("--zone", default="Europe/Prague", help="the city's zone (Europe/Prague)")
    check.set_defaults(command=_check_agenda)
    listing = actions.add_parser("fields", help="print the fields of every kind as a table")
    listing.set_defaults(command=_list_fields)


def _check_agenda(arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.agenda_command import check_file  # noqa: PLC0415 - see the docstring

    now = datetime.now(ZoneInfo(arguments.zone))
    report = check_file(arguments.file, arguments.database, arguments.person, now)
    for line in report.lines:
        print(line)
    for problem in report.problems:
        print(f"account-gateway: {problem}", file=sys.stderr)
    return 1 if report.problems else 0


def _list_fields(_arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.agenda_command import field_table  # noqa: PLC0415 - see the docstring

    print(field_table(), end="")
    return 0


def _declare_pin(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    pin = commands.add_parser("pin", help="account PINs, at the counter")
    actions = pin.add_subparsers(required=True)
    for name, text in _PIN_ACTIONS.items():
        action = actions.add_parser(name, help=text)
        action.add_argument("--config", type=Path, required=True, help="gateway.toml")
        whose = action.add_mutually_exclusive_group(required=True)
        whose.add_argument("--person", metavar="KEY", help="the key of the register of persons")
        whose.add_argument("--document", nargs=2, metavar=("STATE", "NUMBER"), help="as CZE 123")
        if name == "set":
            action.add_argument("--born", type=date.fromisoformat, help="the date of birth")
        action.set_defaults(command=_pin, action=name, born=None)


_PIN_ACTIONS: Final = {
    "set": "choose a PIN; it is asked for, or read from standard input",
    "unlock": "let tries be heard again",
    "remove": "take the PIN away",
    "state": "say whether there is a PIN, and how often it was tried in vain",
}


def _declare_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = commands.add_parser("audit", help="the record of who saw whose account")
    verify = audit.add_subparsers(required=True).add_parser("verify", help="walk its chain")
    verify.add_argument("--config", type=Path, required=True, help="gateway.toml")
    verify.add_argument("--after", metavar="MAC", help="a last mac that an earlier walk said")
    verify.set_defaults(command=_audit)


def _pin(arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.pin_command import pin_command  # noqa: PLC0415 - see the docstring

    return pin_command(arguments)


def _audit(arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.audit_command import audit_verify  # noqa: PLC0415 - see the docstring

    return audit_verify(arguments)


def _serve(arguments: argparse.Namespace) -> int:
    # Nothing that is loaded now is garbage; looking for it takes a tenth of the start.
    gc.disable()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    config = load_config(arguments.config)
    from kiosk_app.gateway.serving import serve  # noqa: PLC0415 - see the module's docstring

    serve(config, partial(print, flush=True))
    return 0


def _sample_city(arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.sample_city.creation import (  # noqa: PLC0415 - see the module's docstring
        create_sample_city,
    )

    today = arguments.today or date.today()  # noqa: DTZ011 - the day of the city's machine
    persons, seed = arguments.persons, arguments.seed
    count = create_sample_city(arguments.database, today, persons, seed)
    print(f"The sample city has {count} rows as of {today}.")
    return 0


def _openapi(_arguments: argparse.Namespace) -> int:
    from kiosk_app.gateway.http.openapi_text import (  # noqa: PLC0415 - see the docstring
        contract_yaml,
    )

    print(contract_yaml(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
