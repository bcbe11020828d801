"""What holds for every screen: time, front, alerts, devices, the end."""

from dataclasses import replace

import pytest

from device_agent.wire.alert import Severity
from kiosk_app.account.causes import AccountCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import (
    EndSession,
    OpenGateway,
    ReportAlertShown,
    RevokeToken,
    WatchCards,
)
from kiosk_app.session.events.surroundings import (
    AlertsChanged,
    BroughtToFront,
    ConnectionChanged,
    DeviceFound,
    DeviceLost,
    Tick,
)
from kiosk_app.session.events.touches import AlertUnderstood, Finished, Touched
from kiosk_app.session.model import Device, Session
from kiosk_app.session.screen.in_account import AccountView, PaymentView, Printing
from kiosk_app.session.screen.public import Attract, Ended, Home
from kiosk_app.session.screen.signing_in import Reading
from kiosk_app.session.screen.trouble import Problem, TakeCard
from kiosk_app.session.seconds import Seconds
from tests.unit.kiosk_app.account.accounts import account
from tests.unit.kiosk_app.session.walks import CHIP, CODE, after, alert, at, effects, signed_in


def test_coming_to_the_front_watches_cards_and_opens_the_line() -> None:
    assert effects(Session(), BroughtToFront()) == (WatchCards(), OpenGateway())
    assert after(Session(), BroughtToFront()).front


@pytest.mark.parametrize("screen", [Attract(), TakeCard()])
def test_nobody_is_hurried_where_nobody_is(screen: Attract | TakeCard) -> None:
    later = after(at(screen), Tick(Seconds(1000)))
    assert later.screen == screen
    assert later.remaining is None


def test_the_countdown_appears_and_ends_the_session() -> None:
    session = signed_in()
    assert after(session, Tick(Seconds(59))).remaining is None
    assert after(session, Tick(Seconds(65))).remaining == Seconds(15)
    over = Tick(Seconds(80))
    assert after(session, over).screen == Ended(EndReason.TIMED_OUT)
    assert effects(session, over) == (EndSession(EndReason.TIMED_OUT), RevokeToken())


def test_a_touch_extends_the_session() -> None:
    session = after(signed_in(), Tick(Seconds(70)), Touched(), Tick(Seconds(100)))
    assert session.remaining is None
    assert session.screen == AccountView()


def test_a_reading_that_takes_too_long_is_given_up_and_its_token_given_back() -> None:
    session = at(Reading(CODE), attempt=3)
    assert after(session, Tick(Seconds(29))).screen == Reading(CODE)
    late = after(session, Tick(Seconds(31)))
    assert late.screen == Problem(AccountCause.UNREACHABLE)
    assert late.attempt == 4
    assert effects(session, Tick(Seconds(31))) == (RevokeToken(),)


def test_a_print_that_takes_too_long_is_not_confirmed() -> None:
    late = after(signed_in(Printing("R-overdue")), Tick(Seconds(31)))
    assert late.screen == Problem(PrinterCause.NOT_CONFIRMED, "R-overdue")


def test_an_ended_session_keeps_nothing_and_does_nothing() -> None:
    ended = after(signed_in(), Finished())
    assert ended.account is None
    for event in (Touched(), Finished(), Tick(Seconds(1000))):
        assert after(ended, event).screen == Ended(EndReason.FINISHED)
        assert effects(ended, event) == ()


def test_finish_at_the_invitation_ends_nothing() -> None:
    assert after(at(Attract()), Finished()).screen == Attract()


def test_an_alert_is_reported_once_and_only_from_the_front() -> None:
    arrived = AlertsChanged((alert(Severity.SEVERE),))
    assert effects(Session(), arrived) == ()
    assert effects(at(Attract()), arrived) == (ReportAlertShown("A-1"),)
    assert effects(after(at(Attract()), arrived), arrived) == ()


def test_an_alert_that_waited_is_reported_on_coming_to_the_front() -> None:
    waiting = after(Session(), AlertsChanged((alert(Severity.MINOR),)))
    assert effects(waiting, BroughtToFront())[-1] == ReportAlertShown("A-1")


def test_an_alert_does_not_disturb_the_session_beneath() -> None:
    session = after(signed_in(), AlertsChanged((alert(Severity.SEVERE),)))
    assert session.screen == AccountView()
    assert session.alert is not None


def test_the_worst_alert_covers_the_screen() -> None:
    both = (alert(Severity.MINOR, "minor"), alert(Severity.EXTREME, "extreme"))
    session = after(at(Home()), AlertsChanged(both))
    assert session.alert is not None
    assert session.alert.identifier == "extreme"


def test_an_understood_alert_steps_aside_until_it_is_withdrawn_and_comes_again() -> None:
    arrived = AlertsChanged((alert(Severity.SEVERE),))
    aside = after(at(Home()), arrived, AlertUnderstood("A-1"))
    assert aside.alert is None
    again = after(aside, AlertsChanged(()), arrived)
    assert again.alert is not None


def test_understanding_an_alert_wakes_the_screen_beneath() -> None:
    arrived = AlertsChanged((alert(Severity.SEVERE),))
    assert after(at(Attract()), arrived, AlertUnderstood("A-1")).screen == Home()


@pytest.mark.parametrize(
    ("severity", "identifier"), [(Severity.EXTREME, "A-1"), (Severity.SEVERE, "A-2")]
)
def test_an_extreme_or_another_alert_is_not_put_aside(severity: Severity, identifier: str) -> None:
    session = after(at(Home()), AlertsChanged((alert(severity),)), AlertUnderstood(identifier))
    assert session.alert is not None


def test_understanding_without_an_alert_does_nothing() -> None:
    assert after(at(Home()), AlertUnderstood("A-1")) == at(Home())


def test_devices_and_the_connection_come_and_go() -> None:
    session = after(at(Home()), DeviceLost(Device.PRINTER), ConnectionChanged(online=True))
    assert (session.missing, session.online) == (frozenset({Device.PRINTER}), True)
    assert after(session, DeviceFound(Device.PRINTER)).missing == frozenset()


def test_impossible_sessions_are_refused() -> None:
    with pytest.raises(ValueError, match="needs an account"):
        Session(screen=PaymentView("R-1"))
    with pytest.raises(ValueError, match="without a running session"):
        replace(Session(), account=account(), assurance=CHIP)
    with pytest.raises(ValueError, match="go together"):
        at(Home(), account=account())
