"""Props from sessions: every screen in every language, and what must not be in them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from device_agent.wire.alert import Severity
from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props import derive, formats
from kiosk_app.screens.props.model.account import AccountProps
from kiosk_app.screens.props.model.entries import ListProps
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.payment import PaymentProps
from kiosk_app.screens.props.model.public import HomeProps, PageProps
from kiosk_app.screens.props.model.signing_in import CanProps
from kiosk_app.screens.props.scene import TEXTS
from kiosk_app.session.causes import EndReason
from kiosk_app.session.model import Language
from kiosk_app.session.screen.in_account import AccountView, PaymentView, Section
from kiosk_app.session.screen.public import NoticeBoardView
from kiosk_app.session.screen.signing_in import EnterCan
from kiosk_app.session.seconds import Seconds
from tests.qml.scenes import ACCOUNT, CONTENT, SESSIONS, alert, scene

CS, EN = Language.CS, Language.EN


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", list(SESSIONS))
def test_every_screen_has_props_in_every_language(name: str, language: Language) -> None:
    props = derive(scene(name, language))
    assert props.page
    assert "{" not in repr(props.content).replace("{'", "")


@pytest.mark.parametrize("language", list(Language))
def test_every_cause_severity_and_reason_has_its_words(language: Language) -> None:
    texts = TEXTS[language]
    assert set(texts.card_problems) == set(CardCause)
    assert set(texts.account_problems) == set(AccountCause)
    assert set(texts.printer_problems) == set(PrinterCause)
    assert set(texts.severities) == set(Severity)
    assert set(texts.farewells) == set(EndReason)
    assert set(texts.sections) == set(texts.nothing) == set(Section)


@pytest.mark.parametrize("language", list(Language))
def test_a_city_hall_and_a_printer_that_do_not_answer_are_told_apart(language: Language) -> None:
    texts = TEXTS[language]
    assert (
        texts.problem(AccountCause.UNREACHABLE) == texts.account_problems[AccountCause.UNREACHABLE]
    )
    assert texts.problem(AccountCause.UNREACHABLE) != texts.problem(PrinterCause.UNREACHABLE)
    assert texts.problem(CardCause.DAMAGED) == texts.card_problems[CardCause.DAMAGED]


def test_only_the_last_digit_of_a_can_is_readable() -> None:
    content = derive(scene("can")).content
    assert isinstance(content, CanProps)
    assert content.cells == ("•", "•", "•", "4", "", "")
    assert not content.complete


def test_an_empty_pad_says_that_the_last_can_was_wrong_until_a_digit_is_typed() -> None:
    content = derive(scene("can-wrong")).content
    assert isinstance(content, CanProps)
    assert content.problem
    typed = replace(scene("can-wrong").session, screen=EnterCan("1"))
    again = derive(replace(scene("can-wrong"), session=typed)).content
    assert isinstance(again, CanProps)
    assert not again.problem


def test_home_offers_only_what_is_here() -> None:
    bare = replace(scene("home"), session=replace(scene("home").session, offers=frozenset()))
    content = derive(bare).content
    assert isinstance(content, HomeProps)
    assert [tile.key.name for tile in content.tiles] == ["tile.account"]


def test_overdue_is_told_by_sign_and_word() -> None:
    content = derive(scene("account-todos")).content
    assert isinstance(content, AccountProps)
    badge = content.entries[0].badge
    assert badge is not None
    assert (badge.tone, badge.sign) == ("late", "!")
    assert badge.text.startswith("Po termínu")


def test_a_paid_receivable_has_no_key_to_pay() -> None:
    content = derive(scene("account-payments")).content
    assert isinstance(content, AccountProps)
    assert [entry.key is not None for entry in content.entries] == [True, True, False]
    assert content.total == formats.money(Decimal("3714.50"), CS)


def test_an_incomplete_account_says_so_and_a_missing_printer_too() -> None:
    content = derive(scene("account-incomplete", EN)).content
    assert isinstance(content, AccountProps)
    assert "Contract register" in content.warning
    assert content.nothing == "We see nothing here now, but some data are missing."
    assert content.print is None
    assert content.no_print


def test_a_payment_carries_its_spayd() -> None:
    content = derive(scene("payment")).content
    assert isinstance(content, PaymentProps)
    assert bytes.fromhex(content.qr).startswith(b"SPD*1.0*ACC:CZ6508000000192000145399*AM:1234.50")


def test_what_is_paid_in_parts_asks_for_the_next_part_only() -> None:
    wanted = scene("account-instalments")
    listed = derive(wanted).content
    assert isinstance(listed, AccountProps)
    entry = listed.entries[0]
    assert entry.amount == formats.money(Decimal(1240), CS)
    assert entry.detail.replace("\u00a0", " ") == "Splátka; celkem zbývá 1 240 Kč z 2 480 Kč"
    shown = replace(wanted.session, screen=PaymentView("R-2"))
    content = derive(replace(wanted, session=shown)).content
    assert isinstance(content, PaymentProps)
    assert b"AM:1240.00" in bytes.fromhex(content.qr)


def test_a_payment_that_the_format_refuses_has_no_code_and_says_so() -> None:
    wanted = scene("payment")
    bad = replace(ACCOUNT.receivables[0], amount=Decimal("99999999.00"))
    account = replace(ACCOUNT, receivables=(bad,), todos=())
    screen = PaymentView(bad.id)
    session = replace(wanted.session, screen=screen, account=account)
    content = derive(replace(wanted, session=session)).content
    assert isinstance(content, PaymentProps)
    assert content.qr == ""
    assert "nelze" in content.how


def test_a_receivable_that_vanished_is_a_bug_and_fails_loudly() -> None:
    wanted = scene("payment")
    session = replace(wanted.session, screen=PaymentView("gone"))
    with pytest.raises(ValueError, match="not in the account"):
        derive(replace(wanted, session=session))


def test_a_selected_notice_that_is_gone_shows_the_board() -> None:
    wanted = scene("board")
    session = replace(wanted.session, screen=NoticeBoardView("gone"))
    assert isinstance(derive(replace(wanted, session=session)).content, ListProps)


def test_notices_without_dates_and_documents() -> None:
    wanted = scene("notice")
    bare = replace(wanted.content.notices[1], posted=None, relevant_until=None, documents=())
    shown = derive(replace(wanted, content=replace(wanted.content, notices=(bare,)))).content
    assert isinstance(shown, PageProps)
    assert shown.paragraphs == ()


@pytest.mark.parametrize(("severity", "may"), [(Severity.EXTREME, False), (Severity.SEVERE, True)])
def test_only_an_extreme_alert_cannot_be_put_aside(severity: Severity, *, may: bool) -> None:
    session = replace(scene("home").session, alerts=(alert(severity),))
    props = derive(replace(scene("home"), session=session))
    assert props.alert is not None
    assert bool(props.alert.understood) is may
    assert bool(props.alert.stays) is not may
    assert props.showing == "alert"


def test_an_alert_speaks_the_citizens_language_first() -> None:
    props = derive(scene("alert-severe", EN))
    assert props.alert is not None
    assert props.alert.words[0].headline.startswith("EXERCISE")


def test_an_alert_says_its_severity_once_in_each_language_spoken_here() -> None:
    german = derive(scene("alert-long")).alert
    assert german is not None
    assert len(german.words) == 3
    assert german.levels == ("Mimořádné nebezpečí", "Extreme danger")
    mute = replace(alert(Severity.EXTREME), infos=())
    session = replace(scene("home").session, alerts=(mute,))
    wordless = derive(replace(scene("home"), session=session)).alert
    assert wordless is not None
    assert wordless.levels == ("Mimořádné nebezpečí",)


def test_an_alert_put_aside_stays_as_a_line() -> None:
    frame = derive(scene("alert-aside")).frame
    assert frame.banner == "Vysoké nebezpečí: CVIČENÍ: Nisa stoupá, opusťte nábřeží"
    assert frame.banner_look.ground == "#b23e04"


def test_an_alert_without_words_is_still_an_alert() -> None:
    mute = replace(alert(Severity.MINOR), infos=())
    session = replace(scene("home").session, alerts=(mute,), understood=frozenset({"A-1"}))
    assert derive(replace(scene("home"), session=session)).frame.banner == "Upozornění"


def test_the_countdown_counts_whole_seconds_and_never_below_none() -> None:
    props = derive(scene("countdown"))
    assert props.countdown is not None
    assert props.countdown.seconds == 12
    late = replace(scene("countdown").session, now=Seconds(500))
    again = derive(replace(scene("countdown"), session=late)).countdown
    assert again is not None
    assert again.seconds == 0


def test_the_beat_names_the_screen_and_nothing_of_the_person() -> None:
    for name in SESSIONS:
        assert "VZOR" not in derive(scene(name)).showing


def test_problems_offer_another_try() -> None:
    content = derive(scene("problem-gateway")).content
    assert isinstance(content, NewsProps)
    assert [key.action for key in content.keys] == ["ok"]


def test_a_todo_without_a_date_has_no_badge() -> None:
    content = derive(scene("account-todos")).content
    assert isinstance(content, AccountProps)
    assert content.entries[3].badge is None


def test_a_personal_page_without_an_account_cannot_be() -> None:
    with pytest.raises(ValueError, match="needs an account"):
        replace(scene("home").session, screen=AccountView())


@pytest.mark.parametrize(
    ("amount", "cs", "en"),
    [
        ("1234.50", "1 234,50 Kč", "CZK 1,234.50"),
        ("600.00", "600 Kč", "CZK 600"),
        ("1000000.00", "1 000 000 Kč", "CZK 1,000,000"),
    ],
)
def test_money(amount: str, cs: str, en: str) -> None:
    plain = [formats.money(Decimal(amount), each).replace("\u00a0", " ") for each in (CS, EN)]
    assert plain == [cs, en]


def test_dates_and_times() -> None:
    day = date(2026, 3, 5)
    said = [formats.day(day, each, TEXTS[each]).replace("\u00a0", " ") for each in (CS, EN)]
    assert said == ["5. 3. 2026", "5 March 2026"]
    long = [formats.long_day(day, each, TEXTS[each]).replace("\u00a0", " ") for each in (CS, EN)]
    assert long == ["čtvrtek 5. března", "Thursday 5 March"]
    assert formats.clock(datetime(2026, 3, 5, 9, 5)) == "9:05"  # noqa: DTZ001 - local by contract


def test_a_notice_says_no_date_and_no_reference_that_it_does_not_have() -> None:
    whole = scene("notice")
    told = [replace(n, posted=None, relevant_until=None, reference="") for n in CONTENT.notices]
    bare = replace(whole, content=replace(whole.content, notices=tuple(told)))
    known, unknown = derive(whole).content, derive(bare).content
    assert isinstance(known, PageProps)
    assert isinstance(unknown, PageProps)
    assert "MML 1/2026" in repr(known)
    assert TEXTS[CS].posted.split("{")[0] in repr(known)
    for words in (TEXTS[CS].posted, TEXTS[CS].relevant_until, TEXTS[CS].reference):
        assert words.split("{")[0] not in repr(unknown)
