"""The command line of the account gateway: serve, sample-city, openapi.

Each command brings its own libraries, which take half a second to load, when it is called.
"""

import argparse
import logging
import sys
from datetime import date
from functools import partial
from pathlib import Path

from kiosk_app.gateway.config import load_config
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
    sample.set_defaults(command=_sample_city)
    openapi = commands.add_parser("openapi", help="print the contract as OpenAPI YAML")
    openapi.set_defaults(command=_openapi)
    return parser


def _serve(arguments: argparse.Namespace) -> int:
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
    count = create_sample_city(arguments.database, today)
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
