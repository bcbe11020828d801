"""Attacks on the account PIN, over real TLS; each test is named after its attack."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import text

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import Evidence
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance, Scope
from kiosk_app.gateway.proving import Proof
from tests.fakes.city_ca import CityCa
from tests.fakes.running_gateway import (
    KAREL,
    QUICK_PIN,
    FakeProver,
    RunningGateway,
    log_in,
    running_gateway,
)
from tests.fakes.set_clock import SetClock

PIN = "2580"
LONG = 1_000_000


@dataclass(frozen=True)
class Place:
    """A gateway whose time stands still until a test lets it pass."""

    gateway: RunningGateway
    client: AccountClient
    clock: SetClock

    def guess(self, token: AccountToken, pin: str) -> AccountProblem:
        """What a wrong guess is answered."""
        with pytest.raises(AccountProblem) as problem:
            self.client.pin(token, pin)
        return problem.value


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    clock = SetClock()
    with running_gateway(tmp_path, clock=clock, session_seconds=LONG) as gateway:
        gateway.choose_pin(PIN)
        client = gateway.client()
        yield Place(gateway, client, clock)
        client.close()


def test_right_pin_raises_the_assurance_and_changes_the_token(place: Place) -> None:
    token = log_in(place.client)
    assert (token.assurance, Scope.DOCUMENTS in token.scopes) == (Assurance.CHIP, False)
    raised = place.client.pin(token, PIN)
    assert (raised.assurance, Scope.DOCUMENTS in raised.scopes) == (Assurance.CHIP_PIN, True)
    assert place.client.account(raised).locked == ()
    with pytest.raises(AccountProblem) as problem:
        place.client.account(token)
    assert problem.value.cause is AccountCause.SESSION_ENDED


def test_guessing_online_is_slower_each_time_and_ends_locked(place: Place) -> None:
    token = log_in(place.client)
    delays = []
    for left in (4, 3, 2, 1):
        problem = place.guess(token, "9999")
        assert (problem.cause, problem.tries_left) == (AccountCause.PIN_WRONG, left)
        assert problem.retry_after is not None
        delays.append(problem.retry_after)
        place.clock.pass_(problem.retry_after)
    assert delays == [1, 2, 4, 8]
    assert place.guess(token, "9999").cause is AccountCause.PIN_LOCKED
    place.clock.pass_(86_400)
    assert place.guess(token, PIN).cause is AccountCause.PIN_LOCKED


def test_guess_before_the_delay_is_over_is_not_heard(place: Place) -> None:
    token = log_in(place.client)
    place.guess(token, "9999")
    place.clock.pass_(0.75)
    early = place.guess(token, PIN)
    assert (early.cause, early.retry_after) == (AccountCause.TOO_MANY_ATTEMPTS, 0.25)
    place.clock.pass_(0.25)
    assert place.client.pin(token, PIN).assurance is Assurance.CHIP_PIN


def test_clock_that_is_set_back_locks_nobody_out(place: Place) -> None:
    token = log_in(place.client)
    place.guess(token, "9999")
    place.clock.pass_(-3600)
    token = log_in(place.client)
    assert place.client.pin(token, PIN).assurance is Assurance.CHIP_PIN


def test_right_pin_forgets_the_wrong_ones(place: Place) -> None:
    for _ in range(3):
        token = log_in(place.client)
        for _ in range(4):
            place.guess(token, "9999")
            place.clock.pass_(60)
        place.client.pin(token, PIN)


def test_fifty_guesses_at_once_count_as_many_as_are_heard(place: Place) -> None:
    identity = place.gateway.ca.device("infobox-050")
    first = place.gateway.client(identity)
    token = log_in(first)
    guesses = [f"{number:04}" for number in range(2531, 2581)]

    def guess(pin: str) -> AccountCause | None:
        client = place.gateway.client(identity)
        try:
            client.pin(token, pin)
        except AccountProblem as problem:
            return problem.cause
        finally:
            client.close()
        return None

    with ThreadPoolExecutor(len(guesses)) as guessing:
        answers = list(guessing.map(guess, guesses))
    first.close()
    person = place.gateway.desk.sign_in.persons.find("CZE", "999009812")
    assert person is not None
    heard = [cause for cause in answers if cause is not AccountCause.TOO_MANY_ATTEMPTS]
    assert len(heard) == 1, "time stood still: one guess is heard, the others come too early"
    wrong = place.gateway.desk.second_factor.store.state(person.key).wrong
    assert wrong == (0 if heard == [None] else 1)


def test_restart_between_guesses_forgets_nothing(tmp_path: Path) -> None:
    clock, ca = SetClock(), CityCa(tmp_path / "ca")
    for left in (4, 3, 2):
        with running_gateway(tmp_path, ca=ca, clock=clock) as gateway:
            if left == 4:
                gateway.choose_pin(PIN)
            client = gateway.client()
            with pytest.raises(AccountProblem) as problem:
                client.pin(log_in(client), "9999")
            assert problem.value.tries_left == left
            client.close()
        clock.pass_(60)


def test_restart_ends_all_sessions(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    identity = ca.device("infobox-001")
    with running_gateway(tmp_path, ca=ca) as gateway:
        client = gateway.client(identity)
        token = log_in(client)
        client.close()
    with running_gateway(tmp_path, ca=ca) as gateway:
        client = gateway.client(identity)
        with pytest.raises(AccountProblem) as problem:
            client.account(token)
        assert problem.value.cause is AccountCause.SESSION_ENDED
        client.close()


def test_person_without_a_pin_is_answered_like_one_with_a_wrong_pin(place: Place) -> None:
    answers = []
    for number in ("999009812", KAREL):
        token = log_in(place.client, number)
        told = []
        for _ in range(6):
            problem = place.guess(token, "9999")
            told.append((problem.cause, problem.tries_left, problem.retry_after))
            early = place.guess(token, "9999")
            told.append((early.cause, early.tries_left, early.retry_after))
            place.clock.pass_(60)
        answers.append(told)
    assert answers[0] == answers[1]


def test_time_tells_no_pin_a_wrong_and_a_locked_one_not_apart(tmp_path: Path) -> None:
    clock = SetClock()
    pin = replace(QUICK_PIN, memory_mib=16, tries=100, typed_a_minute=10_000)
    with running_gateway(tmp_path, clock=clock, session_seconds=LONG, pin=pin) as gateway:
        client = gateway.client()
        token = log_in(client)
        none = _median_of_guesses(client, token, clock)
        gateway.choose_pin(PIN)
        wrong = _median_of_guesses(client, token, clock)
        with gateway.desk.store.begin() as connection:
            connection.execute(text("UPDATE pin SET wrong = 100"))
        locked = _median_of_guesses(client, token, clock)
        client.close()
    assert max(none, wrong, locked) / min(none, wrong, locked) < 2


def _median_of_guesses(client: AccountClient, token: AccountToken, clock: SetClock) -> float:
    took = []
    for _ in range(20):
        clock.pass_(60)
        begun = time.perf_counter()
        with pytest.raises(AccountProblem):
            client.pin(token, "9999")
        took.append(time.perf_counter() - begun)
    return median(took)


def test_many_pins_a_minute_of_one_person_are_not_even_counted(tmp_path: Path) -> None:
    pin = replace(QUICK_PIN, typed_a_minute=2)
    with running_gateway(tmp_path, pin=pin, clock=SetClock()) as gateway:
        client = gateway.client()
        token = log_in(client)
        causes = []
        for _ in range(4):
            with pytest.raises(AccountProblem) as problem:
                client.pin(token, "9999")
            causes.append(problem.value.cause)
        client.close()
    assert causes == [AccountCause.PIN_WRONG, *[AccountCause.TOO_MANY_ATTEMPTS] * 3]


class CopyProver(FakeProver):
    """Believes copies: a chip that proved nothing."""

    def begin(self, evidence: Evidence, now: datetime) -> Proof:
        return replace(super().begin(evidence, now), assurance=Assurance.IDENTIFIED)


def test_pin_with_a_copied_card_opens_nothing(tmp_path: Path) -> None:
    with running_gateway(tmp_path, CopyProver()) as gateway:
        gateway.choose_pin(PIN)
        client = gateway.client()
        token = log_in(client)
        assert token.scopes == (Scope.OVERVIEW,)
        with pytest.raises(AccountProblem) as problem:
            client.pin(token, PIN)
        assert problem.value.cause is AccountCause.NOT_ENTITLED
        client.close()


def test_pin_of_another_kiosks_session(place: Place) -> None:
    token = log_in(place.client)
    other = place.gateway.client("infobox-666")
    with pytest.raises(AccountProblem) as problem:
        other.pin(token, PIN)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    other.close()


def test_pin_with_the_card_taken_meanwhile(place: Place) -> None:
    token = log_in(place.client)
    place.client.end_session(token)
    assert place.guess(token, PIN).cause is AccountCause.SESSION_ENDED


@pytest.mark.parametrize("secret", [PIN, "9999"])
def test_audit_and_store_read_by_a_thief(place: Place, secret: str) -> None:
    token = log_in(place.client)
    place.guess(token, "9999")
    place.clock.pass_(60)
    place.client.pin(token, PIN)
    state = place.gateway.config.state
    written = b"".join(file.read_bytes() for file in _files(state))
    assert b"argon2id" in written
    assert f'"{secret}"'.encode() not in written
    assert b"999009812" not in written


def _files(folder: Path) -> Sequence[Path]:
    return [file for file in folder.iterdir() if file.is_file()]
