"""The ways in besides the CAN: passport, contact card, phone; and how each can be left."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.account.model import Assurance
from kiosk_app.cards.card_kind import CardKind
from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.events import CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import EndSession, PollPhone, RevokeToken, SignIn, SignInByPhone
from kiosk_app.session.events.answers import (
    AccountArrived,
    ChipRead,
    PhoneCodeArrived,
    PhoneStillWaiting,
    ReceiptPrinted,
    SignInFailed,
)
from kiosk_app.session.events.surroundings import PhoneServed, Tick
from kiosk_app.session.events.touches import (
    AccountAsked,
    CardAsked,
    Confirmed,
    Digit,
    Erased,
    FieldChosen,
    Finished,
    Letter,
    PassportAsked,
    PhoneAsked,
    Touch,
    WentBack,
)
from kiosk_app.session.model import Device, Limits, Session, SignInWays
from kiosk_app.session.password import PassportData, PassportField, PassportForm
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import AccountView, PaymentView, Printing
from kiosk_app.session.screen.public import Attract, Ended, Home, NoticeBoardView
from kiosk_app.session.screen.signing_in import (
    EnterCan,
    EnterPassport,
    PhoneAsking,
    PhoneWaiting,
    PutCard,
    Reading,
)
from kiosk_app.session.screen.trouble import Problem, TakeCard
from kiosk_app.session.seconds import Seconds
from tests.unit.kiosk_app.account.accounts import account
from tests.unit.kiosk_app.session.walks import CODE, READER, after, at, effects, signed_in

CONTACT = "Reader 1"
EOBCANKA = CardInserted(CONTACT, kind=CardKind.EOBCANKA_CONTACT)
MUTE = CardInserted(CONTACT, kind=CardKind.MUTE)
DATA = PassportData("AB123456", date(1984, 5, 17), date(2031, 2, 28))
FULL = PassportForm("AB123456", "17051984", "28022031", PassportField.EXPIRES)
PAGE = "https://id.example/d"
LIFETIME, PACE = Seconds(300), Seconds(5)
CODE_ARRIVED = PhoneCodeArrived(1, "WDJBMJHT", f"{PAGE}?c=WDJBMJHT", PAGE, LIFETIME, PACE)
WAITING = after(at(EnterCan()), PhoneAsked(), CODE_ARRIVED)


def typed(*signs: str) -> list[Touch]:
    return [Digit(sign) if sign in "0123456789" else Letter(sign) for sign in signs]  # type: ignore[arg-type] # one digit each


# ---------------------------------------------------------------- passport


def test_a_passport_is_typed_field_after_field_and_read_at_once() -> None:
    keys = [*typed(*"AB123456"), Confirmed(), *typed(*"17051984"), *typed(*"28022031")]
    filled = after(at(EnterCan(), card=READER), PassportAsked(), *keys)
    assert filled.screen == EnterPassport(FULL)
    assert effects(filled, Confirmed()) == (SignIn(1, READER, DATA),)


def test_a_passport_without_a_card_waits_for_it_and_back_is_an_empty_form() -> None:
    asked = after(at(EnterPassport(FULL)), Confirmed())
    assert asked.screen == PutCard(DATA)
    assert after(asked, WentBack()).screen == EnterPassport()


@pytest.mark.parametrize(
    ("before", "touch", "then"),
    [
        (PassportForm(), Digit("1"), PassportForm("1")),
        (PassportForm("123456789"), Digit("1"), PassportForm("123456789")),
        (PassportForm("1"), Letter("a"), PassportForm("1")),
        (PassportForm("12"), Erased(), PassportForm("1")),
        (PassportForm(), Erased(), PassportForm()),
        (
            PassportForm("1", active=PassportField.BORN),
            Letter("A"),
            PassportForm("1", active=PassportField.BORN),
        ),
        (
            PassportForm("1", active=PassportField.BORN),
            Erased(),
            PassportForm("1", active=PassportField.NUMBER),
        ),
        (
            PassportForm("1", "3102198", active=PassportField.BORN),
            Digit("4"),
            PassportForm("1", "31021984", active=PassportField.BORN),
        ),
        (FULL, Digit("1"), FULL),
        (FULL, Erased(), replace(FULL, expires="2802203")),
        (PassportForm(), FieldChosen(PassportField.BORN), PassportForm(active=PassportField.BORN)),
        (PassportForm(), Confirmed(), PassportForm()),
        (replace(FULL, number=""), Confirmed(), replace(FULL, number="")),
    ],
)
def test_a_touch_on_the_form(before: PassportForm, touch: Touch, then: PassportForm) -> None:
    assert after(at(EnterPassport(before)), touch).screen == EnterPassport(then)


def test_a_date_that_is_none_is_named_and_does_not_go_on() -> None:
    born = PassportForm("1", "31021984", active=PassportField.BORN)
    assert born.wrong is PassportField.BORN
    assert not born.may_go_on
    assert FULL.wrong is None
    assert replace(FULL, expires="29022031").wrong is PassportField.EXPIRES
    mended = PassportForm("1", "17051984", active=PassportField.BORN)
    assert after(at(EnterPassport(mended)), Confirmed()).screen == EnterPassport(
        replace(mended, active=PassportField.EXPIRES)
    )


@pytest.mark.parametrize("number", ["1234567890", "12-3", "a"])
def test_only_letters_and_digits_are_a_passport_number(number: str) -> None:
    with pytest.raises(ValueError, match="passport number"):
        PassportForm(number)


@pytest.mark.parametrize("born", ["123456789", "1a"])
def test_only_digits_are_a_date(born: str) -> None:
    with pytest.raises(ValueError, match="date"):
        PassportForm(born=born)


def test_the_passport_and_the_card_lead_to_each_other_and_nowhere_else() -> None:
    assert after(at(EnterCan("12")), PassportAsked()).screen == EnterPassport()
    assert after(at(EnterPassport(FULL)), CardAsked()).screen == EnterCan()
    assert after(at(EnterPassport(FULL)), WentBack()).screen == EnterCan()
    assert after(at(Home()), PassportAsked(), CardAsked()).screen == Home()
    assert after(at(Home()), FieldChosen(PassportField.BORN)).screen == Home()
    none = SignInWays(passport=False)
    assert after(at(EnterCan(), ways=none), PassportAsked()).screen == EnterCan()


def test_letters_are_no_part_of_a_can() -> None:
    assert after(at(EnterCan("1")), Letter("A")).screen == EnterCan("1")


def test_a_wrong_passport_key_gives_an_empty_form_and_the_last_try_a_problem() -> None:
    reading = at(Reading(DATA), attempt=1)
    wrong = SignInFailed(1, CardCause.WRONG_CAN)
    assert after(reading, wrong).screen == EnterPassport(wrong=True)
    last = replace(wrong, tries_left=0)
    assert after(reading, last).screen == Problem(CardCause.WRONG_CAN)


def test_a_wrong_can_says_how_many_tries_are_left_and_suspended_is_a_problem() -> None:
    reading = at(Reading(CODE), attempt=1)
    failed = SignInFailed(1, CardCause.WRONG_CAN, tries_left=2)
    assert after(reading, failed).screen == EnterCan(wrong=True, tries_left=2)
    suspended = SignInFailed(1, CardCause.WRONG_CAN, tries_left=0)
    assert after(reading, suspended).screen == Problem(CardCause.WRONG_CAN)


# ---------------------------------------------------------------- contact card, several readers


@pytest.mark.parametrize(
    "screen", [Attract(), Home(), EnterCan("12"), EnterPassport(FULL), PutCard(CODE)]
)
def test_a_contact_card_is_read_without_a_code(screen: Screen) -> None:
    read = after(at(screen), EOBCANKA)
    assert (read.screen, read.card) == (Reading(None), CONTACT)
    assert effects(at(screen), EOBCANKA) == (SignIn(1, CONTACT, None),)


def test_a_contact_card_that_lies_there_is_read_when_the_account_is_asked_for() -> None:
    home = at(Home(), card=CONTACT, contact=frozenset({CONTACT}))
    assert effects(home, AccountAsked()) == (SignIn(1, CONTACT, None),)


def test_a_contact_card_taken_while_it_is_read_may_be_put_again() -> None:
    read = after(at(Home()), EOBCANKA)
    moved = after(read, CardRemoved(CONTACT))
    assert moved.screen == Problem(CardCause.TAKEN_TOO_EARLY)
    assert effects(read, CardRemoved(CONTACT)) == (RevokeToken(),)
    assert after(moved, EOBCANKA).screen == Reading(None)
    again = after(read, SignInFailed(1, CardCause.TAKEN_TOO_EARLY))
    assert again.screen == Problem(CardCause.TAKEN_TOO_EARLY)


def test_a_reader_that_held_a_contact_card_may_hold_another_kind_next() -> None:
    both = after(at(Home(), contact=frozenset({CONTACT})), CardInserted(CONTACT))
    assert (both.screen, both.contact) == (EnterCan(), frozenset())


@pytest.mark.parametrize(
    "screen",
    [
        Attract(),
        Home(),
        NoticeBoardView(),
        EnterCan("1"),
        EnterPassport(FULL),
        PutCard(CODE),
        Problem(CardCause.DAMAGED),
    ],
)
def test_a_mute_card_is_turned_over(screen: Screen) -> None:
    assert after(at(screen), MUTE).screen == Problem(CardCause.TURNED_OVER)
    assert effects(at(screen), MUTE) == ()


def test_a_mute_card_disturbs_nobody_who_does_not_sign_in_with_a_card() -> None:
    assert after(WAITING, MUTE).screen == WAITING.screen
    assert after(signed_in(), MUTE).screen == AccountView()
    assert after(at(Attract()), replace(MUTE, at_start=True)).screen == TakeCard()


def test_a_second_card_does_not_take_the_place_of_the_one_the_account_belongs_to() -> None:
    both = after(signed_in(), CardInserted(CONTACT))
    assert (both.card, both.lying) == (READER, (READER, CONTACT))
    assert after(both, CardRemoved(CONTACT)).screen == AccountView()
    assert after(both, CardRemoved(READER)).screen == Ended(EndReason.CARD_TAKEN)


def test_two_cards_that_lay_there_before_anybody_came_are_both_to_be_taken() -> None:
    lying = [CardInserted(reader, at_start=True) for reader in (READER, CONTACT)]
    both = after(at(Attract()), *lying)
    one = after(both, CardRemoved(READER))
    assert (both.screen, one.screen) == (TakeCard(), TakeCard())
    assert after(one, CardRemoved(CONTACT)).screen == Attract()


def test_without_a_card_there_is_nothing_to_read_without_a_code() -> None:
    session = at(Home(), contact=frozenset({CONTACT}))
    assert after(session, AccountAsked()).screen == EnterCan()


# ---------------------------------------------------------------- phone


@pytest.mark.parametrize(
    "screen",
    [
        Home(),
        EnterCan("1"),
        EnterPassport(FULL),
        PutCard(CODE),
        Problem(CardCause.DAMAGED),
    ],
)
def test_a_phone_may_be_asked_for(screen: Screen) -> None:
    assert after(at(screen), PhoneAsked()).screen == PhoneAsking()
    assert effects(at(screen), PhoneAsked()) == (SignInByPhone(1),)


@pytest.mark.parametrize(
    "session",
    [
        at(Attract()),
        at(EnterCan(), ways=SignInWays(phone=False)),
        at(Problem(AccountCause.CARD_UNKNOWN), chip_read=True),
        signed_in(),
    ],
)
def test_a_phone_is_not_asked_for_otherwise(session: Session) -> None:
    assert after(session, PhoneAsked()) == session


def test_the_code_stands_there_until_it_runs_out() -> None:
    assert WAITING.screen == PhoneWaiting(
        "WDJBMJHT",
        "https://id.example/d?c=WDJBMJHT",
        "https://id.example/d",
        Seconds(300),
        Seconds(5),
        Seconds(5),
    )
    touched = replace(WAITING, touched=Seconds(290))
    over = after(touched, Tick(Seconds(300)))
    assert over.screen == Problem(AccountCause.DEVICE_LOGIN_EXPIRED)
    assert effects(touched, Tick(Seconds(300))) == (RevokeToken(),)
    assert over.attempt == WAITING.attempt + 1


def test_the_city_hall_is_asked_at_its_own_pace_and_once_at_a_time() -> None:
    assert effects(WAITING, Tick(Seconds(4))) == ()
    assert effects(WAITING, Tick(Seconds(5))) == (PollPhone(1),)
    asked = after(WAITING, Tick(Seconds(5)))
    assert effects(asked, Tick(Seconds(60))) == ()
    waits = after(asked, PhoneStillWaiting(1, Seconds(10)))
    assert effects(waits, Tick(Seconds(14))) == ()
    assert effects(waits, Tick(Seconds(15))) == (PollPhone(1),)


def test_a_city_hall_that_does_not_answer_is_asked_less_often() -> None:
    unheard = SignInFailed(1, AccountCause.UNREACHABLE)
    once = after(WAITING, Tick(Seconds(5)), unheard)
    assert isinstance(once.screen, PhoneWaiting)
    assert (once.screen.unreachable, once.screen.poll_at) == (True, Seconds(15))
    often = after(once, *[unheard] * 5)
    assert isinstance(often.screen, PhoneWaiting)
    assert often.screen.interval == Seconds(30)
    again = after(often, PhoneStillWaiting(1, Seconds(5)))
    assert isinstance(again.screen, PhoneWaiting)
    assert not again.screen.unreachable


@pytest.mark.parametrize(
    "cause", [AccountCause.DEVICE_LOGIN_DENIED, AccountCause.DEVICE_LOGIN_EXPIRED]
)
def test_a_phone_that_refuses_is_a_problem_from_which_a_new_code_leads_on(
    cause: AccountCause,
) -> None:
    refused = after(WAITING, SignInFailed(1, cause))
    assert refused.screen == Problem(cause)
    assert effects(WAITING, SignInFailed(1, cause)) == (RevokeToken(),)
    assert after(refused, PhoneAsked()).screen == PhoneAsking()


def test_no_code_is_a_problem() -> None:
    asking = after(at(Home()), PhoneAsked())
    failed = after(asking, SignInFailed(1, AccountCause.UNREACHABLE))
    assert failed.screen == Problem(AccountCause.UNREACHABLE)
    assert after(asking, Tick(Seconds(31))).screen == Problem(AccountCause.UNREACHABLE)


@pytest.mark.parametrize("answer", [ChipRead(1), ReceiptPrinted(1)])
def test_other_answers_do_not_concern_the_phone(answer: ChipRead | ReceiptPrinted) -> None:
    assert after(WAITING, answer) == WAITING
    asking = after(at(Home()), PhoneAsked())
    assert after(asking, answer) == asking


def test_a_code_that_comes_too_late_is_given_back() -> None:
    left = after(at(Home()), PhoneAsked(), Finished())
    assert effects(left, CODE_ARRIVED) == (RevokeToken(),)


@pytest.mark.parametrize(
    ("missing", "then"),
    [(frozenset[Device](), EnterCan()), (frozenset({Device.READER}), Home())],
)
def test_going_back_from_the_code_gives_it_up(missing: frozenset[Device], then: Screen) -> None:
    session = replace(WAITING, missing=missing)
    assert after(session, WentBack()).screen == then
    assert effects(session, WentBack()) == (RevokeToken(),)
    late = AccountArrived(1, account(), Assurance.OPENID)
    assert after(session, WentBack(), late).account is None


def test_no_phone_is_offered_where_the_city_hall_serves_none() -> None:
    unserved = after(at(EnterCan()), PhoneServed(served=False))
    assert after(unserved, PhoneAsked()).screen == EnterCan()
    assert after(unserved, PhoneServed(served=True), PhoneAsked()).screen == PhoneAsking()
    never = after(at(EnterCan(), ways=SignInWays(phone=False)), PhoneServed(served=True))
    assert after(never, PhoneAsked()).screen == EnterCan()


def test_a_phone_takes_time_before_the_countdown_appears() -> None:
    assert after(WAITING, Tick(Seconds(179))).remaining is None
    assert after(WAITING, Tick(Seconds(185))).remaining == Seconds(15)
    assert after(WAITING, Tick(Seconds(200))).screen == Ended(EndReason.TIMED_OUT)


BY_PHONE = after(WAITING, AccountArrived(1, account(), Assurance.OPENID))


def test_an_account_by_phone_ends_by_the_key_and_sooner_than_one_by_card() -> None:
    assert (BY_PHONE.screen, BY_PHONE.by_phone) == (AccountView(), True)
    ended = after(BY_PHONE, Finished())
    assert (ended.account, ended.assurance, ended.by_phone) == (None, None, False)
    assert after(BY_PHONE, Tick(Seconds(45))).remaining == Seconds(15)
    assert after(BY_PHONE, Tick(Seconds(60))).screen == Ended(EndReason.TIMED_OUT)
    hasty = replace(BY_PHONE, limits=Limits(idle=Seconds(10)))
    assert after(hasty, Tick(Seconds(15))).remaining == Seconds(15)


def test_a_reader_that_comes_and_goes_does_not_end_an_account_by_phone() -> None:
    readers = after(BY_PHONE, ReaderMissing(), ReaderReady((READER,)), CardRemoved(READER))
    assert (readers.screen, readers.account) == (AccountView(), account())


@pytest.mark.parametrize("kind", list(CardKind))
@pytest.mark.parametrize(
    "screen",
    [AccountView(), PaymentView("R-overdue"), Printing(None), Problem(PrinterCause.PAPER_OUT)],
)
def test_the_next_person_s_card_never_opens_on_the_account_of_the_one_with_the_phone(
    screen: Screen, kind: CardKind
) -> None:
    session = replace(BY_PHONE, screen=screen)
    put = CardInserted(READER, kind=kind)
    assert after(session, put).screen == Ended(EndReason.CARD_PUT)
    assert after(session, put).account is None
    assert effects(session, put) == (EndSession(EndReason.CARD_PUT), RevokeToken())


def test_the_phone_s_own_card_may_lie_there_all_the_while() -> None:
    lay = after(WAITING, CardInserted(READER), AccountArrived(1, account(), Assurance.OPENID))
    assert lay.screen == AccountView()
    assert after(lay, CardRemoved(READER)).screen == AccountView()
