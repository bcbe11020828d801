"""`provisioning rollout start`: a release to waves of devices, until it is finished or aborted."""

import argparse

from provisioning.commands.speech import (
    CommandError,
    Groups,
    Say,
    add_city,
    add_command,
    city_of,
    enrolled_device,
)
from provisioning.enroll import ROLLOUT
from provisioning.fleet import Phase, Plan, RolloutError, Seconds
from provisioning.roll_out import alone, roll_out

ABORTED = 3
"""The exit code of a rollout that was aborted."""


def add(groups: Groups) -> None:
    """Add the commands."""
    rollout = add_command(groups, "rollout", "staged releases")
    kinds = rollout.add_subparsers(required=True, metavar="WHAT")
    start = add_command(kinds, "start", "offer a release wave by wave; exit code 3: aborted")
    add_city(start)
    start.add_argument("--release", required=True, metavar="VERSION", help="what to roll out")
    waves = "one wave a word, its devices joined by commas"
    start.add_argument("--waves", required=True, nargs="+", metavar="DEVICES", help=waves)
    start.add_argument(
        "--share", type=float, default=1.0, help="part of a wave that must commit, 0 to 1"
    )
    start.add_argument(
        "--max-failed", type=int, default=0, metavar="N", help="devices that may fail; 0"
    )
    start.add_argument(
        "--soak", type=float, default=0.0, metavar="SECONDS", help="pause after a wave; 0"
    )
    start.add_argument(
        "--patience", type=float, default=3600.0, metavar="SECONDS", help="for one device; 3600"
    )
    start.add_argument("--anew", action="store_true", help="forget a broken off rollout of it")
    start.set_defaults(run=_start)


def _start(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    try:
        plan = Plan(
            release=arguments.release,
            waves=tuple(tuple(wave.split(",")) for wave in arguments.waves),
            share=arguments.share,
            max_failed=arguments.max_failed,
            soak=Seconds(arguments.soak),
            patience=Seconds(arguments.patience),
        )
    except RolloutError as error:
        raise CommandError(str(error)) from error
    for device in (device for wave in plan.waves for device in wave):
        enrolled_device(city, device)
    with alone(city), city.bridge(ROLLOUT) as bridge:
        rollout = roll_out(city, bridge, plan, say, anew=arguments.anew)
    return 0 if rollout.phase is Phase.FINISHED else ABORTED
