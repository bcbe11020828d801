"""The kiosk's command line: run (the usher), window, card, receipt; it only starts them."""

import argparse
import logging
import sys
from pathlib import Path

from kiosk_app.config import ConfigError, load_config
from kiosk_app.lasting_none import keep_none


def main() -> int:
    """Run one command; anything that stops it is one sentence on stderr and exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    arguments = _parser().parse_args()
    try:
        return int(arguments.run(arguments))
    except ConfigError as error:
        print(f"kiosk-app: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk-app", description="A citizen's kiosk.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="keep a window before the citizen and one warm behind it")
    run.add_argument("--config", type=Path, required=True, help="kiosk.toml")
    run.set_defaults(run=_run)
    window = commands.add_parser("window", help="one citizen's window; the usher starts it")
    window.add_argument("--config", type=Path, required=True, help="kiosk.toml")
    window.add_argument("--fd", type=int, required=True, help="the line to the usher")
    window.set_defaults(run=_window)
    _add_others(commands)
    return parser


def _add_others(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of the parts; what starts a window every few minutes does not import them."""
    if {"run", "window"} & set(sys.argv[1:2]):
        return
    from kiosk_app.cards import command_line as cards  # noqa: PLC0415 - see above
    from kiosk_app.receipt import command_line as receipt  # noqa: PLC0415 - see above

    cards.add_parser(commands)
    receipt.add_parser(commands)


def _run(arguments: argparse.Namespace) -> int:
    from kiosk_app.usher import Usher  # noqa: PLC0415 - a window does not need it

    return Usher(load_config(arguments.config), arguments.config.resolve()).run()


def _window(arguments: argparse.Namespace) -> int:
    keep_none()
    from kiosk_app.window import run_window  # noqa: PLC0415 - the usher has no Qt

    return run_window(load_config(arguments.config), arguments.fd)


if __name__ == "__main__":
    sys.exit(main())
