"""Every sentence of the screens as one typed catalogue; the languages fill it, QML holds no words.

A language that forgets a text does not pass the type checker. Placeholders are `str.format` fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from device_agent.wire.alert import Severity
from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props.texts_ways import WaysTexts
from kiosk_app.session.causes import Cause, EndReason
from kiosk_app.session.screen.in_account import Section


@dataclass(frozen=True)
class Advice:
    """What is wrong or going on, and what to do, in one heading and one or two sentences."""

    title: str
    detail: str


@dataclass(frozen=True)
class Texts:
    """All texts in one language; the fields are grouped by screen."""

    language: str
    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, ...]

    # frame
    back: str
    finish: str
    sample: str
    offline: str

    # attract and home
    touch: str
    touch_detail: str
    card_hint: Advice
    welcome: str
    welcome_detail: str
    account_tile: Advice
    board_tile: Advice
    situations_tile: Advice

    # signing in
    can_title: str
    can_detail: str
    can_wrong: str
    can_where: str
    ok: str
    erase: str
    put_card: Advice
    put_card_again: Advice
    reading: Advice
    asking: Advice
    hold_still: str
    take_card: Advice
    take_card_hurry: str
    ways: WaysTexts

    # account
    greeting: str
    as_of: str
    sections: Mapping[Section, str]
    nothing: Mapping[Section, str]
    nothing_known: str
    to_pay_total: str
    remains: str
    missing_agendas: str
    overdue: str
    due: str
    was_due: str
    paid_on: str
    pay: str
    show_case: str
    show_message: str
    print_overview: str
    reference: str
    desk: str
    deadline: str
    valid_until: str
    valid_forever: str
    valid_from: str
    issued: str
    unread: str
    sent_on: str
    steps_done: str

    # payment and printing
    payment_title: str
    payment_how: str
    payment_note: str
    amount: str
    account_number: str
    variable_symbol: str
    due_date: str
    message: str
    no_qr: str
    print: str
    no_printer: str
    printing: Advice
    printed: Advice
    printed_personal: str
    go_on: str

    # public pages
    board_detail: str
    posted: str
    relevant_until: str
    documents: str
    situations_detail: str
    what: str
    who: str
    where: str
    papers: str
    fee: str
    duration: str

    # countdown, alerts, problems, farewell
    still_here: Advice
    stay: str
    try_again: str
    severities: Mapping[Severity, str]
    area: str
    valid_to: str
    understood: str
    alert_stays: str
    card_problems: Mapping[CardCause, Advice]
    account_problems: Mapping[AccountCause, Advice]
    printer_problems: Mapping[PrinterCause, Advice]
    farewells: Mapping[EndReason, Advice]

    def problem(self, cause: Cause) -> Advice:
        """The words for a cause; by its kind, as causes of two kinds may have one value."""
        match cause:
            case CardCause():
                return self.card_problems[cause]
            case AccountCause():
                return self.account_problems[cause]
            case PrinterCause():
                return self.printer_problems[cause]
            case _ as unreachable:
                assert_never(unreachable)
