"""The ways in as props: what is counted, what is hidden, what is offered."""

from dataclasses import replace

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props import Props, derive, formats
from kiosk_app.screens.props.model.account import AccountProps
from kiosk_app.screens.props.model.entries import ListProps
from kiosk_app.screens.props.model.news import NewsProps
from kiosk_app.screens.props.model.signing_in import (
    CanProps,
    PassportProps,
    PhoneProps,
    PinProps,
    TroubleProps,
)
from kiosk_app.screens.props.scene import TEXTS
from kiosk_app.session.model import Language, Session, SignInWays
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import (
    AccountView,
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Printing,
    Section,
)
from kiosk_app.session.screen.trouble import Problem
from tests.qml.scenes import SESSIONS, scene

CS, EN = Language.CS, Language.EN


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def shown(session: Session, language: Language = CS) -> Props:
    return derive(replace(scene("home"), session=replace(session, language=language)))


@pytest.mark.parametrize(
    ("left", "cs", "en"),
    [
        (0, "Zbývá 0 pokusů", "0 tries left"),
        (1, "Zbývá 1 pokus", "1 try left"),
        (2, "Zbývají 2 pokusy", "2 tries left"),
        (4, "Zbývají 4 pokusy", "4 tries left"),
        (5, "Zbývá 5 pokusů", "5 tries left"),
    ],
)
def test_tries_are_counted_in_the_grammar_of_each_language(left: int, cs: str, en: str) -> None:
    assert _plain(formats.counted(left, TEXTS[CS].ways.tries_left)) == cs
    assert _plain(formats.counted(left, TEXTS[EN].ways.tries_left)) == en


def test_a_wrong_can_says_how_many_tries_are_left_where_the_chip_counts() -> None:
    counted, uncounted = (derive(scene(name)).content for name in ("can-wrong-tries", "can-wrong"))
    assert isinstance(counted, CanProps)
    assert isinstance(uncounted, CanProps)
    assert _plain(counted.problem).endswith("Zbývají 2 pokusy.")
    assert uncounted.problem == TEXTS[CS].can_wrong


def test_only_ways_that_there_are_are_offered() -> None:
    content = shown(SESSIONS["can"]).content
    assert isinstance(content, CanProps)
    assert [key.action for key in content.ways] == ["passport", "phone"]
    unserved = shown(replace(SESSIONS["can"], ways=SignInWays(phone_served=False))).content
    assert isinstance(unserved, CanProps)
    assert [key.action for key in unserved.ways] == ["passport"]
    none = replace(SESSIONS["can"], ways=SignInWays(phone=False, passport=False))
    bare = shown(none).content
    assert isinstance(bare, CanProps)
    assert bare.ways == ()


def test_only_the_field_of_a_passport_that_is_typed_into_is_readable() -> None:
    content = derive(scene("passport-date")).content
    assert isinstance(content, PassportProps)
    assert [field.value for field in content.fields] == ["••••••••", "••.••.••••", "31.02"]
    assert "17051984" not in repr(content)
    assert len(content.signs) == 10


def test_a_passport_number_may_have_letters_and_goes_on_by_a_key() -> None:
    content = derive(scene("passport")).content
    assert isinstance(content, PassportProps)
    assert (len(content.signs), content.ok, content.complete) == (36, "Další", True)


def test_a_day_that_is_in_no_calendar_is_named() -> None:
    content = derive(scene("passport-no-date")).content
    assert isinstance(content, PassportProps)
    assert [bool(field.problem) for field in content.fields] == [False, False, True]
    assert not content.complete


def test_of_a_pin_only_the_count_is_known_to_the_screen() -> None:
    pin = replace(SESSIONS["pin"], screen=EnterPin(Section.DOCUMENTS, "7777"))
    content = shown(replace(pin, ways=SignInWays(pin_pad=tuple("7312904568")))).content
    assert isinstance(content, PinProps)
    assert (content.typed, content.most, content.complete) == (4, 8, True)
    assert "777" not in repr(content)
    assert content.signs[:3] == ("7", "3", "1")


def test_a_pin_that_has_to_wait_says_how_long_and_takes_no_ok() -> None:
    content = derive(scene("pin-wait")).content
    assert isinstance(content, PinProps)
    assert content.wait == "Další pokus za 1:24"
    assert _plain(content.problem) == "PIN nesouhlasil. Zbývá 1 pokus."
    assert not content.complete


@pytest.mark.parametrize(
    ("code", "shown_as"), [("WDJBMJHT", "WDJB – MJHT"), ("WDJB-MJHT", "WDJB – MJHT"), ("AB", "AB")]
)
def test_a_code_stands_in_groups(code: str, shown_as: str) -> None:
    assert _plain(formats.code_groups(code)) == shown_as


def test_the_code_for_a_phone_says_how_long_it_holds_and_how_such_a_session_ends() -> None:
    content = derive(scene("phone", EN)).content
    assert isinstance(content, PhoneProps)
    assert bytes.fromhex(content.qr).decode().endswith("user_code=WDJBMJHT")
    assert content.left == "The code holds for 4:31"
    assert "Sign out" in content.privacy
    assert content.page == "Without a camera: prihlaseni.example.org/zarizeni"


CARD_TROUBLES = (
    *CardCause,
    AccountCause.CARD_EXPIRED,
    AccountCause.CARD_REVOKED,
    AccountCause.CARD_NOT_ACCEPTED,
    AccountCause.CHIP_NOT_GENUINE,
    AccountCause.CARD_UNKNOWN,
)


@pytest.mark.parametrize("cause", CARD_TROUBLES)
def test_each_trouble_of_a_card_has_a_picture_and_a_way_out(
    cause: CardCause | AccountCause,
) -> None:
    content = shown(replace(SESSIONS["home"], screen=Problem(cause))).content
    assert isinstance(content, TroubleProps)
    assert content.keys[0].action == "ok"


def test_each_trouble_of_a_card_looks_different() -> None:
    contents = [shown(replace(SESSIONS["home"], screen=Problem(c))).content for c in CardCause]
    pictures = {each.picture for each in contents if isinstance(each, TroubleProps)}
    assert len(pictures) == len(CardCause)


def test_what_works_instead_is_only_what_is_here() -> None:
    unsupported = replace(SESSIONS["home"], screen=Problem(CardCause.UNSUPPORTED))
    contact = shown(replace(unsupported, contact=frozenset({"Reader 1"}))).content
    bare = shown(replace(unsupported, ways=SignInWays(phone=False, passport=False))).content
    assert isinstance(contact, TroubleProps)
    assert isinstance(bare, TroubleProps)
    assert [len(contact.works), len(bare.works)] == [4, 1]
    assert [key.action for key in bare.keys] == ["ok"]


def test_after_a_chip_was_read_no_phone_is_offered() -> None:
    read = replace(SESSIONS["home"], screen=Problem(CardCause.DAMAGED), chip_read=True)
    content = shown(read).content
    assert isinstance(content, TroubleProps)
    assert [key.action for key in content.keys] == ["ok"]


def test_a_code_that_ran_out_offers_a_new_one_where_there_is_a_phone() -> None:
    expired = replace(SESSIONS["home"], screen=Problem(AccountCause.DEVICE_LOGIN_EXPIRED))
    for ways, action in ((SignInWays(), "phone"), (SignInWays(phone=False), "ok")):
        content = shown(replace(expired, ways=ways)).content
        assert isinstance(content, NewsProps)
        assert [key.action for key in content.keys] == [action]


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("account-locked", "PIN"),
        ("account-contact", "bezkontaktní"),
        ("account-phone", "přepáž"),
        ("account-pin-locked", "odblokují"),
    ],
)
def test_a_locked_part_says_what_opens_it(name: str, opens: str) -> None:
    content = derive(scene(name)).content
    assert isinstance(content, AccountProps)
    assert content.locked is not None
    assert opens in content.locked.detail
    assert (content.locked.key is not None) is (opens == "PIN")


@pytest.mark.parametrize("language", [CS, EN])
def test_no_to_dos_is_no_all_clear_while_parts_are_locked(language: Language) -> None:
    locked = SESSIONS["account-overview"]
    assert locked.account is not None
    empty = replace(locked, account=replace(locked.account, todos=()))
    content = shown(empty, language).content
    assert isinstance(content, AccountProps)
    assert content.nothing == TEXTS[language].ways.nothing_open
    assert not content.complete


def test_a_session_by_phone_reminds_of_its_end() -> None:
    content = derive(scene("account-phone")).content
    assert isinstance(content, AccountProps)
    frame = derive(scene("account-phone")).frame
    assert frame.finish in content.note
    assert frame.leaves
    assert not derive(scene("account-todos")).frame.leaves


@pytest.mark.parametrize(
    "screen",
    [
        AccountView(),
        ChoosePrincipal(),
        PaymentView("R-1"),
        Printing("R-1"),
        Printed("R-1"),
        EnterPin(Section.DOCUMENTS),
        CheckingPin(Section.DOCUMENTS),
        Problem(PrinterCause.PAPER_OUT, "R-1"),
    ],
)
def test_whose_account_it_is_stands_over_every_screen_of_a_company(screen: Screen) -> None:
    company = replace(SESSIONS["account-company"], screen=screen)
    assert shown(company).frame.acting == "Jednáte za firmu: VZOR Zahrady s.r.o. · IČO 27074358"
    assert shown(replace(SESSIONS["account-child"], screen=screen)).frame.acting == (
        "Jednáte za: ELIŠKA VZOROVÁ"
    )
    assert shown(replace(SESSIONS["principals"], screen=screen)).frame.acting == ""


def test_the_accounts_of_others_are_one_key_away() -> None:
    content = derive(scene("account-company")).content
    assert isinstance(content, AccountProps)
    assert [key.action for key in content.keys] == ["others"]


def test_the_pin_is_offered_once_on_a_screen() -> None:
    locked, other = (derive(scene(name)).content for name in ("account-locked", "account-overview"))
    assert isinstance(locked, AccountProps)
    assert isinstance(other, AccountProps)
    assert (locked.keys, locked.locked and locked.locked.key and locked.locked.key.action) == (
        (),
        "pin",
    )
    assert [key.action for key in other.keys] == ["pin"]


@pytest.mark.parametrize("language", list(Language))
def test_a_department_that_did_not_answer_is_named(language: Language) -> None:
    content = derive(scene("account-incomplete", language)).content
    assert isinstance(content, AccountProps)
    assert {CS: "Evidence smluv", EN: "Contract register"}[language] in content.warning
    assert not content.complete


def test_one_s_own_account_stands_first_and_the_one_shown_is_marked() -> None:
    content = derive(scene("principals")).content
    assert isinstance(content, ListProps)
    assert [entry.badge is not None for entry in content.entries] == [True, False, False]
    assert content.entries[2].meta == "Firma · jednatel · IČO 27074358"
