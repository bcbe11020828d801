"""`provisioning alert raise|cancel`: crisis alerts as signed CAP 1.2 messages."""

import argparse
from datetime import timedelta

from device_agent.wire.cap import Certainty, Severity, Urgency
from provisioning.city import City
from provisioning.commands.speech import CommandError, Groups, Say, add_city, city_of, moment, now
from provisioning.console import AlertOrder, AlertText
from provisioning.enroll import DESK
from provisioning.retained import listeners

LANGUAGES = ("cs", "en", "de", "pl")
_EVENTS = {"cs": "Výstraha", "en": "Warning", "de": "Warnung", "pl": "Ostrzeżenie"}


def add(groups: Groups) -> None:
    """Add the commands."""
    alert = groups.add_parser("alert", help="crisis alerts")
    kinds = alert.add_subparsers(required=True, metavar="WHAT")
    start = kinds.add_parser("raise", help="show an alert in an area; a second one updates it")
    add_city(start)
    start.add_argument("--area", required=True)
    start.add_argument("--place", default="", help="where it applies, in words for people")
    start.add_argument("--severity", type=Severity, default=Severity.SEVERE, metavar="SEVERITY")
    start.add_argument("--urgency", type=Urgency, default=Urgency.IMMEDIATE, metavar="URGENCY")
    start.add_argument(
        "--certainty", type=Certainty, default=Certainty.OBSERVED, metavar="CERTAINTY"
    )
    start.add_argument("--expires", type=moment, metavar="ISO", help="in an hour unless given")
    start.add_argument("--status", choices=("Actual", "Exercise", "Test"), default="Actual")
    for language in LANGUAGES:
        start.add_argument(f"--event-{language}", default=_EVENTS[language])
        start.add_argument(f"--headline-{language}", default="")
        start.add_argument(f"--description-{language}", default="")
        start.add_argument(f"--instruction-{language}", default="")
    start.set_defaults(run=_raise)
    cancel = kinds.add_parser("cancel", help="withdraw the alert of an area")
    add_city(cancel)
    cancel.add_argument("--area", required=True)
    cancel.set_defaults(run=_cancel)


def _raise(arguments: argparse.Namespace, say: Say) -> int:
    city, time = city_of(arguments), now()
    order = AlertOrder(
        area=arguments.area,
        severity=arguments.severity,
        urgency=arguments.urgency,
        certainty=arguments.certainty,
        expires=arguments.expires or time + timedelta(hours=1),
        texts=_texts(arguments),
        status=arguments.status,
        place=arguments.place,
    )
    with city.bridge(DESK) as bridge:
        alert = city.raise_alert(bridge, order, time)
    say(f"Alert {alert.identifier} is on {alert.area} until {order.expires.isoformat()}.")
    _say_who(city, alert.area, say)
    return 0


def _cancel(arguments: argparse.Namespace, say: Say) -> int:
    city = city_of(arguments)
    with city.bridge(DESK) as bridge:
        alert = city.cancel_alert(bridge, arguments.area, now())
    say(f"The alert on {alert.area} is cancelled by {alert.identifier}.")
    return 0


def _say_who(city: City, area: str, say: Say) -> None:
    """Tell who shows it: an area's name that is written wrong is nobody's."""
    devices = listeners(city, area)
    if devices:
        say(f"Devices of the area: {', '.join(devices)}.")
    else:
        say(f"WARNING: no device belongs to the area {area!r}; nobody shows this alert.")


def _texts(arguments: argparse.Namespace) -> tuple[AlertText, ...]:
    given = vars(arguments)
    texts = tuple(
        AlertText(
            language,
            given[f"event_{language}"],
            given[f"headline_{language}"],
            given[f"description_{language}"],
            given[f"instruction_{language}"],
        )
        for language in LANGUAGES
        if given[f"headline_{language}"]
    )
    if not texts:
        raise CommandError("An alert needs a headline: give --headline-cs and --headline-en.")
    return texts
