"""A kiosk hands in over HTTPS, and finds it in the account; a lost answer is no second write."""

import json
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.connection import GatewayConnection, Timeouts
from kiosk_app.account.drafts import (
    AppointmentDraft,
    CodeRequest,
    Confirmation,
    DefectDraft,
    MessageDraft,
    Place,
    TopicChoices,
)
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Channel, Direction, SubmissionKind
from kiosk_app.account.submission_client import SubmissionClient, new_key
from tests.fakes.city_ca import Identity
from tests.fakes.running_gateway import JANA, KAREL, RunningGateway, log_in, running_gateway
from tests.integration.submission_town import SETTINGS
from tests.unit.kiosk_app.gateway.submissions.test_photo import jpeg

SERVICES = """
- service: passports
  name: {cs: Cestovní doklady VZOR, en: Travel documents SAMPLE}
  department: {cs: Odbor správní, en: Civic Department}
  place: {cs: "Radnice, přepážka 4", en: "Town hall, desk 4"}
  hours: {mon: &all ["08:00-16:00"], tue: *all, wed: *all, thu: *all, fri: *all}
  slot_minutes: 20
  capacity: 1
  days_ahead: 14
"""
PIN = "2580"
DRAFT = MessageDraft("transport", "Lampa", "Nesvítí lampa.\nVZOR")


@dataclass(frozen=True)
class Hall:
    """A gateway that takes submissions, and one kiosk's certificate: sessions are bound to it."""

    gateway: RunningGateway
    identity: Identity

    @contextmanager
    def kiosk(self, url: str = "") -> Iterator[SubmissionClient]:
        with closing(self.line(url)) as line:
            yield SubmissionClient(line)

    def line(self, url: str = "") -> GatewayConnection:
        own, ca = self.identity, self.gateway.ca.certificate
        timeouts = Timeouts(connect=2, read=10, whole=20)
        return GatewayConnection(url or self.gateway.url, ca, own.certificate, own.key, timeouts)

    def client(self) -> AccountClient:
        return self.gateway.client(self.identity)

    def sign_in(self, number: str = JANA, pin: str | None = PIN) -> AccountToken:
        with closing(self.client()) as client:
            return log_in(client, number, pin)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    services = tmp_path / "appointments.yaml"
    services.write_text(SERVICES, "utf-8")
    delivery = replace(SETTINGS.delivery, folder=tmp_path / "outbox")
    settings = replace(SETTINGS, services=services, delivery=delivery)
    with running_gateway(tmp_path, submissions=settings) as running:
        running.choose_pin(PIN)
        running.choose_pin(PIN, KAREL)
        yield Hall(running, running.ca.device("infobox-001"))


def wait_for_letter(folder: Path, kind: str) -> dict[str, str]:
    until = monotonic() + 20
    while monotonic() < until:
        for file in folder.glob("*.json"):
            letter: dict[str, str] = json.loads(file.read_text("utf-8"))
            if letter["kind"] == kind:
                return letter
        sleep(0.02)
    raise AssertionError(kind)


def test_message_is_registered_sent_and_in_the_account(hall: Hall, tmp_path: Path) -> None:
    token = hall.sign_in()
    with hall.kiosk() as line:
        submission = line.send_message(token, DRAFT)
    assert submission.kind is SubmissionKind.MESSAGE
    with closing(hall.client()) as client:
        account = client.account(token)
    sent = [each for each in account.messages if each.direction is Direction.SENT]
    assert [each.number for each in sent] == [submission.number]
    letter = wait_for_letter(tmp_path / "outbox", "message")
    assert letter["address"] == "doprava@mesto.example"
    assert submission.number in letter["subject"]


def test_booking_and_cancelling(hall: Hall) -> None:
    token = hall.sign_in()
    with hall.kiosk() as line, closing(hall.client()) as client:
        (bookable,) = client.account(token).bookable
        times = line.free_times(token, bookable.id)
        assert all(time.ends - time.starts == timedelta(minutes=20) for time in times)
        wish = AppointmentDraft(bookable.id, times[5].id)
        line.book(token, wish)
        with pytest.raises(AccountProblem) as taken:
            line.book(hall.sign_in(KAREL), wish)
        assert taken.value.cause is AccountCause.TIME_TAKEN
        booked = [each for each in client.account(token).appointments if each.may_cancel]
        mine = next(each for each in booked if each.starts == times[5].starts)
        line.cancel(token, mine.id)
        assert times[5] in line.free_times(token, bookable.id)


def test_address_is_confirmed_by_the_code_that_arrives(hall: Hall, tmp_path: Path) -> None:
    token = hall.sign_in()
    with hall.kiosk() as line, closing(hall.client()) as client:
        sent = line.send_code(token, CodeRequest(Channel.SMS, "601 234 567"))
        assert sent.masked == "+420 ••• ••• 567"
        code = wait_for_letter(tmp_path / "outbox", "code")["text"][:6]
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        with pytest.raises(AccountProblem) as refused:
            line.confirm_address(token, Confirmation(Channel.SMS, wrong))
        assert refused.value.cause is AccountCause.CODE_WRONG
        assert refused.value.tries_left == 4
        line.confirm_address(token, Confirmation(Channel.SMS, code))
        line.choose_topics(token, TopicChoices({"news": (Channel.SMS,)}))
        choices = client.account(token).choices
        assert choices is not None
        assert [each.confirmed for each in choices.addresses] == [True]
        line.forget_address(token, Channel.SMS)
        choices = client.account(token).choices
        assert choices is not None
        assert choices.addresses == ()


def test_defect_with_a_large_photo_needs_no_session(hall: Hall, tmp_path: Path) -> None:
    photo = jpeg() + b"\x00" * 1_200_000
    with hall.kiosk() as line:
        draft = DefectDraft("lamp", "Nesvítí", Place(50.76, 15.05), photo)
        submission = line.report_defect(draft)
    letter = wait_for_letter(tmp_path / "outbox", "defect")
    assert submission.number in letter["subject"]
    bare = (tmp_path / "outbox" / f"{letter['id']}.attachment").read_bytes()
    assert len(bare) < len(photo) - 1_200_000


class LosingLine:
    """Carries TLS bytes to the gateway, and loses the answer to the first write.

    It cuts as often as it is told when bytes come down and something is on the disk: the answer
    first, then whatever comes on the next line.
    """

    def __init__(self, gateway: RunningGateway, losses: int) -> None:
        self._target = int(gateway.url.rpartition(":")[2])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._store = gateway.desk.store
        self.losses = losses
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                with near, socket.create_connection(("127.0.0.1", self._target)) as far:
                    self._carry(near, far)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        while True:
            for ready in select.select([near, far], [], [])[0]:
                data = ready.recv(1 << 16)
                if not data:
                    return
                if ready is far and self.losses > 0 and self._is_written():
                    self.losses -= 1
                    return
                (far if ready is near else near).sendall(data)

    def _is_written(self) -> bool:
        with self._store.reading() as connection:
            return bool(connection.execute(text("SELECT COUNT(*) FROM submission")).scalar())

    def close(self) -> None:
        """It ends when its kiosk closed the line, failed requests before or not."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(20)
        assert not self._thread.is_alive()


def test_lost_answer_is_asked_for_again_and_written_once(hall: Hall) -> None:
    token = hall.sign_in()
    with closing(LosingLine(hall.gateway, losses=2)) as losing, hall.kiosk(losing.url) as line:
        submission = line.send_message(token, DRAFT)
        assert losing.losses == 0
    with closing(hall.client()) as client:
        messages = client.account(token).messages
    assert [each.number for each in messages if each.direction is Direction.SENT] == [
        submission.number
    ]


def test_key_with_another_body_is_refused(hall: Hall) -> None:
    token, key = hall.sign_in(), new_key()
    with hall.kiosk() as line:
        first = line.send_message(token, DRAFT, key)
        assert line.send_message(token, DRAFT, key) == first
        with pytest.raises(AccountProblem) as refused:
            line.send_message(token, MessageDraft("transport", "Jiná", "x"), key)
    assert refused.value.cause is AccountCause.BROKEN_ANSWER
    assert "422" in str(refused.value)


def test_write_without_a_key_is_refused(hall: Hall) -> None:
    token = hall.sign_in()
    with closing(hall.line()) as line:
        for headers in ({}, {"Idempotency-Key": "1"}, {"Idempotency-Key": "x" * 36}):
            with pytest.raises(AccountProblem, match="400"):
                line.ask("POST", "/v1/messages", b"{}", token, headers)


def test_chip_alone_hands_nothing_in(hall: Hall) -> None:
    token = hall.sign_in(pin=None)
    with hall.kiosk() as line, pytest.raises(AccountProblem) as refused:
        line.send_message(token, DRAFT)
    assert refused.value.cause is AccountCause.NOT_ENTITLED


def test_document_is_handed_out_as_its_pdf(hall: Hall) -> None:
    token = hall.sign_in()
    with hall.kiosk() as line, closing(hall.client()) as client:
        documents = [each for each in client.account(token).documents if each.has_file]
        assert documents
        for document in documents:
            assert line.document(token, document.id).startswith(b"%PDF-1.")


def test_document_of_a_company_is_handed_out_to_who_may_act_for_it(hall: Hall) -> None:
    token = hall.sign_in()
    with hall.kiosk() as line, closing(hall.client()) as client:
        principals = [each.id for each in client.account(token).principals if each.ico]
        for principal in principals:
            account = client.account(token, principal)
            for document in (each for each in account.documents if each.has_file):
                assert line.document(token, document.id, principal).startswith(b"%PDF-1.")
                with pytest.raises(AccountProblem, match="404"):
                    line.document(token, document.id)
    assert principals
