"""What an alert says, in which order."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from device_agent.wire.alert import Severity
from device_agent.wire.severity_signs import SEVERITY_SIGNS
from signage_player.alert_words import words
from tests.integration.player_rig import sample_alert

SITE = ZoneInfo("Europe/Prague")


def test_czech_is_first_and_english_beside_in_any_order_of_the_message() -> None:
    alert = sample_alert()
    said = words((replace(alert, infos=tuple(reversed(alert.infos))),), SITE)
    assert said.first is not None
    assert said.second is not None
    assert (said.first.language, said.second.language) == ("cs", "en")


def test_a_language_is_not_said_twice() -> None:
    alert = sample_alert()
    czech = alert.infos[0]
    said = words((replace(alert, infos=(czech, replace(czech, language="cs-CZ"))),), SITE)
    assert said.second is None


def test_an_alert_without_words_still_has_its_severity() -> None:
    said = words((replace(sample_alert(), infos=()),), SITE)
    assert (said.first, said.second) == (None, None)
    assert said.look == SEVERITY_SIGNS[Severity.EXTREME]


def test_other_alerts_are_named_at_the_foot() -> None:
    three = (sample_alert("1"), sample_alert("2"), sample_alert("3"))
    assert "Další / More: Povodeň na Lužické Nise (+1)" in words(three, SITE).foot
