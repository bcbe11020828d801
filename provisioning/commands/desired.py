"""`provisioning desired set` and `hint`: what a device shall be, and a reason to look."""

import argparse

from provisioning.commands.speech import Groups, Say, add_city, city_of, now
from provisioning.console import DesiredChange
from provisioning.enroll import DESK


def add(groups: Groups) -> None:
    """Add the commands."""
    desired = groups.add_parser("desired", help="what a device shall be")
    kinds = desired.add_subparsers(required=True, metavar="WHAT")
    change = kinds.add_parser("set", help="say the next desired state; what is not given stays")
    add_city(change)
    change.add_argument("device", metavar="DEVICE")
    change.add_argument("--channel")
    change.add_argument("--area", dest="areas", action="append", metavar="AREA")
    change.add_argument("--release", metavar="VERSION")
    change.set_defaults(run=_set)
    hint = groups.add_parser("hint", help="tell a group that there is something new")
    add_city(hint)
    hint.add_argument("group", metavar="GROUP")
    hint.set_defaults(run=_hint)


def _set(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    areas = None if arguments.areas is None else tuple(arguments.areas)
    change = DesiredChange(arguments.channel, areas, arguments.release)
    with city.bridge(DESK) as bridge:
        state = city.set_desired(bridge, arguments.device, change, now()).state
    release = state.release.version if state.release else "none"
    say(f"{state.device}: serial {state.serial}, channel {state.channel}, release {release}.")
    return 0


def _hint(arguments: argparse.Namespace, say: Say) -> int:
    with city_of(arguments).bridge(DESK) as bridge:
        bridge.say_hint(arguments.group)
    say(f"{arguments.group}: hinted.")
    return 0
