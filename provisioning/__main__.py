"""The command line of the city's IT; every group of commands is a file in `commands`."""

import argparse
import logging
import sys

from device_agent.wire.strict_json import WireError
from provisioning.commands import alert, desired, enroll, init, publish, rollout
from provisioning.commands.speech import CommandError, Run
from provisioning.config import ConfigError
from provisioning.console import BridgeError, StatementError
from provisioning.enroll import EnrolError
from provisioning.publish import PublishError
from provisioning.trust import NotTrusted

FAILED = 1
INTERRUPTED = 130


def main(words: list[str] | None = None) -> int:
    """Run one command; 0 when it is done, else one sentence stands on stderr."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    arguments = _parser().parse_args(words)
    run: Run = arguments.run
    try:
        return run(arguments, lambda line: print(line, flush=True))
    except (
        BridgeError,
        CommandError,
        ConfigError,
        EnrolError,
        NotTrusted,
        PublishError,
        StatementError,
        WireError,
        OSError,
    ) as error:
        print(f"provisioning: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="provisioning",
        description="What a city's IT runs; docs/operations.md shows it step by step.",
        epilog="Exit codes: 0 done, 1 failed with one sentence, 2 wrong words, 3 rollout aborted.",
    )
    groups = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (init, enroll, publish, desired, alert, rollout):
        group.add(groups)
    return parser


if __name__ == "__main__":
    sys.exit(main())
