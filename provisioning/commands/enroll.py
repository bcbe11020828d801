"""`provisioning enroll`, `list`, `renew` and `revoke`: which devices belong to the city."""

import argparse

from provisioning.commands.speech import Groups, Say, add_city, add_command, city_of, now
from provisioning.enroll import read_certificate
from provisioning.founding import enroll, enrolled, renew, revoke


def add(groups: Groups) -> None:
    """Add the commands."""
    command = add_command(groups, "enroll", "give a device its identity")
    add_city(command)
    command.add_argument("device", metavar="DEVICE", help="its name, such as lobby-001")
    command.set_defaults(run=_enroll)
    command = add_command(groups, "list", "name the enrolled devices")
    add_city(command)
    command.set_defaults(run=_list)
    command = add_command(groups, "renew", "certify somebody's key for another two years")
    add_city(command)
    help_ = "a device, broker, gateway, content, city-bridge, city-rollout or city-desk"
    command.add_argument("names", metavar="NAME", nargs="+", help=help_)
    command.set_defaults(run=_renew)
    command = add_command(groups, "revoke", "take a device's identity away")
    add_city(command)
    command.add_argument("device", metavar="DEVICE", help="its name, such as lobby-001")
    command.set_defaults(run=_revoke)


def _enroll(arguments: argparse.Namespace, say: Say) -> int:
    credentials = enroll(city_of(arguments), arguments.device, now())
    say(f"{arguments.device}: enrolled, its files are in {credentials.folder}.")
    return 0


def _list(arguments: argparse.Namespace, say: Say) -> int:
    for name in enrolled(city_of(arguments)):
        say(name)
    return 0


def _renew(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    for name in arguments.names:
        credentials = renew(city, name, now())
        until = read_certificate(credentials.certificate).not_valid_after_utc
        say(f"{name}: {credentials.certificate} is good until {until:%Y-%m-%d}.")
    return 0


def _revoke(arguments: argparse.Namespace, say: Say) -> int:
    revoke(city_of(arguments), arguments.device, now())
    say(f"{arguments.device}: revoked. Restart the broker, which keeps open connections otherwise.")
    return 0
