"""`provisioning desired set`, `hint` and `resend`: what the broker keeps for the devices."""

import argparse

from provisioning.commands.speech import (
    Groups,
    Say,
    add_city,
    add_command,
    city_of,
    enrolled_device,
    now,
)
from provisioning.console import DesiredChange
from provisioning.enroll import DESK
from provisioning.retained import say_again


def add(groups: Groups) -> None:
    """Add the commands."""
    desired = add_command(groups, "desired", "what a device shall be")
    kinds = desired.add_subparsers(required=True, metavar="WHAT")
    change = add_command(kinds, "set", "say the next desired state; what is not given stays")
    add_city(change)
    change.add_argument("device", metavar="DEVICE", help="an enrolled device")
    change.add_argument("--channel", metavar="CHANNEL", help="whose programme it shows")
    change.add_argument(
        "--area", dest="areas", action="append", metavar="AREA", help="alerts it shows; repeat it"
    )
    change.add_argument("--release", metavar="VERSION", help="what it runs; better: rollout")
    change.set_defaults(run=_set)
    resend = add_command(
        groups, "resend", "say every desired state and alert again, as after a loss at the broker"
    )
    add_city(resend)
    resend.set_defaults(run=_resend)
    hint = add_command(groups, "hint", "tell a group that there is something new")
    add_city(hint)
    hint.add_argument("group", metavar="GROUP", help="a group that devices listen to")
    hint.set_defaults(run=_hint)


def _set(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    areas = None if arguments.areas is None else tuple(arguments.areas)
    change = DesiredChange(arguments.channel, areas, arguments.release)
    device = enrolled_device(city, arguments.device)
    with city.bridge(DESK) as bridge:
        state = city.set_desired(bridge, device, change, now()).state
    release = state.release.version if state.release else "none"
    say(f"{state.device}: serial {state.serial}, channel {state.channel}, release {release}.")
    return 0


def _resend(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    with city.bridge(DESK) as bridge:
        devices, areas = say_again(city, bridge)
    say(f"Said again: {len(devices)} desired states, alerts of {len(areas)} areas.")
    return 0


def _hint(arguments: argparse.Namespace, say: Say) -> int:
    with city_of(arguments).bridge(DESK) as bridge:
        bridge.say_hint(arguments.group)
    say(f"{arguments.group}: hinted.")
    return 0
