"""`provisioning alert raise|cancel`: crisis alerts as signed CAP 1.2 messages."""

import argparse
from datetime import timedelta

from device_agent.wire.cap import Certainty, Severity, Urgency
from provisioning.city import City
from provisioning.commands.speech import (
    CommandError,
    Groups,
    Say,
    add_city,
    add_command,
    city_of,
    moment,
    now,
)
from provisioning.console import AlertOrder, AlertText
from provisioning.console.alerts import ACTUAL
from provisioning.enroll import DESK
from provisioning.retained import listeners

LANGUAGES = ("cs", "en", "de", "pl")
_EVENTS = {"cs": "Výstraha", "en": "Warning", "de": "Warnung", "pl": "Ostrzeżenie"}


def add(groups: Groups) -> None:
    """Add the commands."""
    alert = add_command(groups, "alert", "crisis alerts")
    kinds = alert.add_subparsers(required=True, metavar="WHAT")
    start = add_command(kinds, "raise", "show an alert in an area; a second one updates it")
    add_city(start)
    _add_area(start)
    start.add_argument("--place", default="", help="where it applies, in words for people")
    _add_grade(start, "--severity", Severity.SEVERE)
    _add_grade(start, "--urgency", Urgency.IMMEDIATE)
    _add_grade(start, "--certainty", Certainty.OBSERVED)
    start.add_argument("--expires", type=moment, metavar="ISO", help="in an hour unless given")
    help_ = "an exercise is sent and not shown; Actual unless given"
    start.add_argument(
        "--status", choices=("Actual", "Exercise", "Test"), default=ACTUAL, help=help_
    )
    for language in LANGUAGES:
        _add_words(start, language)
    start.set_defaults(run=_raise)
    cancel = add_command(kinds, "cancel", "withdraw the alert of an area")
    add_city(cancel)
    _add_area(cancel)
    cancel.set_defaults(run=_cancel)


def _add_area(parser: argparse.ArgumentParser) -> None:
    help_ = "the area's name in the devices' desired states"
    parser.add_argument("--area", required=True, metavar="AREA", help=help_)


def _add_grade(
    parser: argparse.ArgumentParser, option: str, default: Severity | Urgency | Certainty
) -> None:
    grades = [grade.value for grade in type(default)]
    help_ = f"{', '.join(grades)}; {default} unless given"
    parser.add_argument(option, choices=grades, default=default.value, metavar="GRADE", help=help_)


def _add_words(parser: argparse.ArgumentParser, language: str) -> None:
    """The words of one language, which is left out when it has no headline."""
    words = parser.add_argument_group(f"words in {language!r}, left out without a headline")
    event = _EVENTS[language]
    words.add_argument(f"--event-{language}", default=event, metavar="TEXT", help=event)
    for part in ("headline", "description", "instruction"):
        words.add_argument(f"--{part}-{language}", default="", metavar="TEXT")


def _raise(arguments: argparse.Namespace, say: Say) -> int:
    city, time = city_of(arguments), now()
    order = AlertOrder(
        area=arguments.area,
        severity=Severity(arguments.severity),
        urgency=Urgency(arguments.urgency),
        certainty=Certainty(arguments.certainty),
        expires=arguments.expires or time + timedelta(hours=1),
        texts=_texts(arguments),
        status=arguments.status,
        place=arguments.place,
    )
    with city.bridge(DESK) as bridge:
        alert = city.raise_alert(bridge, order, time)
    until = order.expires.astimezone().isoformat(" ", "minutes")
    say(f"Alert {alert.identifier} is on {alert.area} until {until}.")
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
