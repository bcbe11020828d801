"""The command `device-agent`; it only reads arguments and starts the agent."""

import argparse
import logging
import queue
import signal
import sys
from pathlib import Path

from device_agent.adapters.slots import select_boot_slot
from device_agent.app import Incoming, Stop
from device_agent.config import ConfigError, load
from device_agent.wiring import make_app


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="device-agent", description="The one process of a device that speaks to the city."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="serve until stopped; exit code 75 asks for a reboot")
    run.add_argument("--config", type=Path, required=True, help="TOML file, see docs")
    run.add_argument("--log-level", default="INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))
    boot = commands.add_parser("boot", help="be the boot loader: choose a slot and print it")
    boot.add_argument("--slots", type=Path, required=True, help="directory of the slots")
    return parser.parse_args()


def main() -> int:
    """Run the command line; the exit code."""
    arguments = _arguments()
    if arguments.command == "boot":
        return _boot(arguments.slots)
    return _run(arguments.config, arguments.log_level)


def _boot(slots: Path) -> int:
    try:
        print(select_boot_slot(slots))
    except OSError as error:
        print(f"device-agent: {error}", file=sys.stderr)
        return 1
    return 0


def _run(config: Path, log_level: str) -> int:
    logging.basicConfig(level=log_level, format="%(levelname)s %(name)s: %(message)s")
    inbox: queue.SimpleQueue[Incoming] = queue.SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: inbox.put(Stop()))
    try:
        return make_app(load(config), inbox).run()
    except (ConfigError, OSError) as error:
        print(f"device-agent: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
