"""The desk between the deciding thread and the way to an account: each order has its answer."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.device_login import DeviceLogin
from kiosk_app.account.model import Account, Assurance
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.config import SignInChoices
from kiosk_app.session.effects import FetchAccount, PollPhone, ProvePin, SignIn, SignInByPhone
from kiosk_app.session.events import Event
from kiosk_app.session.events.answers import (
    AccountArrived,
    ChipRead,
    PhoneCodeArrived,
    PhoneStillWaiting,
    SignInFailed,
)
from kiosk_app.session.events.surroundings import DeviceFound, DeviceLost, PhoneServed
from kiosk_app.session.model import PAD, Device, SignInWays
from kiosk_app.session.password import CardCode
from kiosk_app.session.seconds import Seconds
from kiosk_app.window_account import AccountWay, Found
from kiosk_app.window_sign_in import Order, SignInDesk, sign_in_ways
from kiosk_app.window_worker import Worker
from tests.unit.kiosk_app.account.accounts import account

READ = SignIn(3, "Reader 0", CardCode("123456"))


class FakeWay:
    """A way that answers what it was given, or raises it."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[object] = []

    def _next(self, *asked: object) -> object:
        self.asked.append(asked)
        answer = self._answers.pop(0) if self._answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ping(self) -> bool:
        return cast("bool", self._next("ping"))

    def by_card(self, order: SignIn, on_chip_read: Callable[[], None]) -> Found:
        on_chip_read()
        return cast("Found", self._next(order))

    def begin_phone(self) -> DeviceLogin:
        return cast("DeviceLogin", self._next("begin"))

    def poll_phone(self) -> Found | None:
        return cast("Found | None", self._next("poll"))

    def prove_pin(self, pin: str, principal_id: str) -> Found:
        return cast("Found", self._next(pin, principal_id))

    def fetch(self, principal_id: str) -> Found:
        return cast("Found", self._next(principal_id))

    def end(self) -> None:
        self._next("end")


@contextmanager
def desk(way: FakeWay) -> Iterator[tuple[SignInDesk, "queue.SimpleQueue[Event]"]]:
    posted: queue.SimpleQueue[Event] = queue.SimpleQueue()
    known = cast("AccountWay", way)
    yield SignInDesk(None, posted.put, Worker("test"), lambda _: known), posted


def answer(order: Order, *answers: object) -> list[Event]:
    """What one order posts."""
    with desk(FakeWay(*answers)) as (known, posted):
        known.take(order)
        events = [posted.get(timeout=10)]
        if isinstance(events[0], ChipRead):
            events.append(posted.get(timeout=10))
        return events


FOUND: tuple[Account, Assurance] = (account(), Assurance.CHIP)


def test_a_card_that_is_read_says_so_and_brings_the_account() -> None:
    assert answer(READ, FOUND) == [ChipRead(3), AccountArrived(3, *FOUND)]


def test_a_problem_is_an_answer_with_what_is_counted() -> None:
    wrong_can = CardProblem(CardCause.WRONG_CAN, "wrong", 2)
    assert answer(READ, wrong_can)[-1] == SignInFailed(3, CardCause.WRONG_CAN, 2)
    wrong_pin = AccountProblem(AccountCause.PIN_WRONG, "wrong", tries_left=1, retry_after=30.0)
    order = ProvePin(4, "self", "2580")
    assert answer(order, wrong_pin) == [SignInFailed(4, AccountCause.PIN_WRONG, 1, 30.0)]


def test_what_nobody_foresaw_is_an_answer_too_and_only_its_kind_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    order = FetchAccount(5, "company")
    assert answer(order, ValueError("999009812")) == [SignInFailed(5, AccountCause.BROKEN_ANSWER)]
    assert "ValueError" in caplog.text
    assert "999009812" not in caplog.text


def test_a_pin_and_another_principal_bring_an_account() -> None:
    assert answer(ProvePin(4, "self", "2580"), FOUND) == [AccountArrived(4, *FOUND)]
    assert answer(FetchAccount(4, "company"), FOUND) == [AccountArrived(4, *FOUND)]


def _login(lifetime: timedelta, interval: int = 5) -> DeviceLogin:
    place = "https://id.example/device"
    expires = datetime.now(UTC) + lifetime
    return DeviceLogin("id", "WDJB-MJHT", place, f"{place}?c=1", expires, interval)


@pytest.mark.parametrize(
    ("lifetime", "least", "most"),
    [
        (timedelta(minutes=10), 500, 600),
        (timedelta(days=9), 1800, 1800),
        (timedelta(minutes=-1), 0, 0),
    ],
)
def test_a_code_says_how_long_it_holds_and_never_for_ever(
    lifetime: timedelta, least: float, most: float
) -> None:
    (arrived,) = answer(SignInByPhone(1), _login(lifetime))
    assert isinstance(arrived, PhoneCodeArrived)
    assert least <= arrived.lifetime <= most


def test_a_phone_is_waited_for_at_the_pace_of_the_city_hall() -> None:
    with desk(FakeWay(_login(timedelta(minutes=5), 0), None, FOUND)) as (known, posted):
        known.take(SignInByPhone(1))
        code = posted.get(timeout=10)
        assert isinstance(code, PhoneCodeArrived)
        assert code.interval == Seconds(1)
        known.take(PollPhone(1))
        assert posted.get(timeout=10) == PhoneStillWaiting(1, Seconds(1))
        known.take(PollPhone(1))
        assert posted.get(timeout=10) == AccountArrived(1, *FOUND)


def test_the_way_is_warmed_up_asked_and_ended() -> None:
    away = AccountProblem(AccountCause.UNREACHABLE, "away")
    no_phone = False
    way, ended = FakeWay(no_phone, away), queue.SimpleQueue[bool]()
    with desk(way) as (known, posted):
        known.revoke(lambda: ended.put(True))  # noqa: FBT003 - a token
        assert ended.get(timeout=10)
        assert way.asked == []
        known.open_gateway()
        assert posted.get(timeout=10) == DeviceFound(Device.GATEWAY)
        assert posted.get(timeout=10) == PhoneServed(served=False)
        known.open_gateway()
        assert posted.get(timeout=10) == DeviceLost(Device.GATEWAY)
        known.warm_up()
        known.revoke(lambda: ended.put(True))  # noqa: FBT003 - a token
        assert ended.get(timeout=10)
    assert ("end",) in way.asked


def test_the_keys_of_the_pin_are_mixed_where_the_configuration_says_so() -> None:
    assert sign_in_ways(SignInChoices()) == SignInWays()
    mixed = {sign_in_ways(SignInChoices(shuffled_pin_pad=True)).pin_pad for _ in range(50)}
    assert len(mixed) > 1
    assert all(sorted(pad) == sorted(PAD) for pad in mixed)
    assert not sign_in_ways(SignInChoices(phone=False)).phone
    assert not sign_in_ways(SignInChoices(passport=False)).passport
