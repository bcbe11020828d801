"""The command line of the account gateway: serve, sample-city, openapi."""

import argparse
import logging
import sys
from datetime import date
from pathlib import Path

from kiosk_app.gateway.agenda.declaration import DeclarationError
from kiosk_app.gateway.agenda.items import AgendaBroken
from kiosk_app.gateway.app import create_app
from kiosk_app.gateway.config import ConfigError, load_config
from kiosk_app.gateway.contract import contract_yaml
from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore, TrustStoreError
from kiosk_app.gateway.revocation import RevocationError
from kiosk_app.gateway.sample_city.creation import create_sample_city
from kiosk_app.gateway.serving import listen, make_server
from kiosk_app.gateway.wiring import build_desk, local_now

_REFUSED = (
    AgendaBroken,
    ConfigError,
    DatabaseProblem,
    DeclarationError,
    RevocationError,
    TrustStoreError,
)


def main() -> int:
    """Run one command; anything that stops it is one sentence on stderr and exit code 1."""
    arguments = _parser().parse_args()
    try:
        return int(arguments.command(arguments))
    except _REFUSED as error:
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
        default=local_now().date(),
        help="the day the sample is made for (ISO 8601; today)",
    )
    sample.set_defaults(command=_sample_city)
    openapi = commands.add_parser("openapi", help="print the contract as OpenAPI YAML")
    openapi.set_defaults(command=_openapi)
    return parser


def _serve(arguments: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    config = load_config(arguments.config)
    prover = DocumentProver(CscaStore.from_directory(config.csca))
    desk = build_desk(config, prover)
    server = make_server(create_app(desk), config)
    with listen(config) as listener:
        host, port = listener.getsockname()[:2]
        print(f"listening on https://{host}:{port}", flush=True)
        server.run(sockets=[listener])
    desk.gathering.close()
    desk.audit.close()
    return 0


def _sample_city(arguments: argparse.Namespace) -> int:
    count = create_sample_city(arguments.database, arguments.today)
    print(f"The sample city has {count} rows as of {arguments.today}.")
    return 0


def _openapi(_arguments: argparse.Namespace) -> int:
    print(contract_yaml(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
