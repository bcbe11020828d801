"""`provisioning init` and `configure`: a new city, or its services at other addresses."""

import argparse
from dataclasses import fields, replace

from provisioning.commands.speech import Groups, Say, add_city, add_command, city_of, now
from provisioning.config import Settings
from provisioning.founding import SERVERS, found_city


def add(groups: Groups) -> None:
    """Add the commands."""
    init = add_command(groups, "init", "found a city: CA, TUF keys, broker configuration")
    add_city(init)
    _add_settings(init)
    init.add_argument(
        "--root-threshold", type=int, choices=(1, 2), default=1, help="root keys that must agree"
    )
    init.set_defaults(run=_init)
    configure = add_command(groups, "configure", "change settings, write the broker's anew")
    add_city(configure)
    _add_settings(configure)
    configure.set_defaults(run=_configure)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="the city's name")
    parser.add_argument("--alert-sender", metavar="DOMAIN", help="a domain name of the city")
    parser.add_argument(
        "--server-name",
        dest="server_names",
        action="append",
        metavar="HOST",
        help="a name or address of the servers, for their certificates; repeatable",
    )
    parser.add_argument("--broker-host", metavar="HOST", help="where the broker is reached")
    parser.add_argument("--broker-port", type=int, metavar="PORT", help="its TCP port")
    parser.add_argument(
        "--broker-bind", metavar="ADDRESS", help="the address the broker listens on"
    )
    parser.add_argument("--broker-user", metavar="USER", help="the Unix user the broker becomes")
    parser.add_argument(
        "--content-host", metavar="ADDRESS", help="the address the content server listens on"
    )
    parser.add_argument("--content-port", type=int, metavar="PORT", help="its TCP port")


def _settings(arguments: argparse.Namespace, before: Settings) -> Settings:
    given = {field.name: getattr(arguments, field.name) for field in fields(Settings)}
    changes = {name: value for name, value in given.items() if value is not None}
    if names := changes.get("server_names"):
        changes["server_names"] = tuple(names)
    return replace(before, **changes)


def _init(arguments: argparse.Namespace, say: Say) -> int:
    settings = _settings(arguments, Settings())
    city = found_city(arguments.dir, settings, now(), arguments.root_threshold)
    say(f"{settings.name}: founded in {city.root}.")
    say(f"Start the broker with: mosquitto -c {city.broker_configuration}")
    return 0


def _configure(arguments: argparse.Namespace, say: Say) -> int:
    before = city_of(arguments)
    city = before.configure(_settings(arguments, before.settings))
    say(f"Written: {city.root / 'city.toml'} and {city.broker_configuration}.")
    if city.settings.server_names != before.settings.server_names:
        say(f"Now run: provisioning renew {city.root} {' '.join(SERVERS)}")
    return 0
