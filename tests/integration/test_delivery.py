"""Letters leave the outbox once their server takes them, whatever it did before."""

import email
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest

from kiosk_app.account.model import Channel
from kiosk_app.gateway.delivery_settings import (
    SmsSettings,
    SmtpSettings,
)
from kiosk_app.gateway.settings_table import SettingsError
from kiosk_app.gateway.submissions.delivery.carrying import Carrier, NotCarried
from kiosk_app.gateway.submissions.delivery.credentials import (
    Credentials,
    read_credentials,
    read_headers,
)
from kiosk_app.gateway.submissions.delivery.folder import FolderCarrier
from kiosk_app.gateway.submissions.delivery.http_sms import HttpSmsCarrier, filled
from kiosk_app.gateway.submissions.delivery.smtp import SmtpCarrier, email_of
from kiosk_app.gateway.submissions.dispatcher import Dispatcher, Round, tidy
from kiosk_app.gateway.submissions.outbox import MOST_TRIES, Attachment, Letter, pause, put
from tests.fakes.city_ca import CityCa
from tests.fakes.mail_server import MailServer, mail_server
from tests.integration.submission_town import START, Town, at_once

LETTER = Letter(
    "message",
    Channel.EMAIL,
    "doprava@mesto.example",
    "OM-2026-000001 Nesvítí lampa",
    "Dobrý den,\n.tečka na začátku\nVZOR",
    START + timedelta(days=1),
)
TEXT = replace(LETTER, channel=Channel.SMS, address="+420601234567", text='{id} "x" \\ {address}')


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path}/store.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").database()
    city = Town(url)
    yield city
    city.close()


def smtp(server: MailServer, **changes: object) -> SmtpSettings:
    settings = SmtpSettings("127.0.0.1", "infobox@mesto.example", server.port, "none")
    return replace(settings, **changes)  # type: ignore[arg-type] # the fields of the settings


def post(town: Town, *letters: Letter) -> None:
    with town.desk.store.begin() as connection:
        for letter in letters:
            put(connection, letter, town.now)


def round_of(town: Town, carrier: Carrier, channel: Channel = Channel.EMAIL) -> Round:
    return Round(town.desk.store, channel, carrier, lambda: town.now)


def waiting(town: Town) -> list[tuple[object, ...]]:
    return town.rows("SELECT tries, dead FROM outbox ORDER BY id")


def test_letter_arrives_whole(town: Town) -> None:
    with mail_server() as server:
        letter = replace(LETTER, attachment=Attachment(b"\xff\xd8photo", "image/jpeg"))
        post(town, letter)
        each = round_of(town, SmtpCarrier(smtp(server), None))
        assert each.send_one()
        assert not each.send_one()
        ((sender, recipients, data),) = server.letters
    assert (sender, recipients) == ("infobox@mesto.example", ["doprava@mesto.example"])
    mail = email.message_from_bytes(data, policy=default)
    assert mail["Subject"] == letter.subject
    assert mail["Message-ID"] == f"<{letter.id}@mesto.example>"
    body, photo = mail.iter_parts()
    assert body.get_content().split("\r\n") == [*letter.text.split("\n"), ""]
    assert photo.get_content() == b"\xff\xd8photo"
    assert waiting(town) == []


def test_letter_goes_by_tls_with_the_citys_authority_and_a_password(tmp_path: Path) -> None:
    ca = CityCa(tmp_path)
    own = ca.server()
    tls = SSLContext(PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own.certificate, own.key)
    with mail_server(tls) as server:
        settings = smtp(server, security="starttls", ca=ca.certificate)
        SmtpCarrier(settings, Credentials("infobox", "secret")).carry(LETTER)
        assert server.encrypted == [True]
        assert server.logins == [("infobox", "secret")]
        with pytest.raises(NotCarried) as refused:
            SmtpCarrier(replace(settings, ca=None), None).carry(LETTER)
        assert "SSLCertVerificationError" in refused.value.kind
        with pytest.raises(NotCarried):
            SmtpCarrier(replace(settings, security="none"), None).carry(LETTER)
        assert len(server.letters) == 1


def test_server_without_tls_gets_no_letter_and_no_password() -> None:
    with mail_server() as server:
        carrier = SmtpCarrier(smtp(server, security="starttls"), Credentials("infobox", "secret"))
        with pytest.raises(NotCarried) as refused:
            carrier.carry(LETTER)
        assert not refused.value.for_good
        assert (server.letters, server.logins) == ([], [])


def test_server_that_dies_after_the_letter_gets_it_again_with_the_same_id(town: Town) -> None:
    with mail_server() as server:
        server.faults.die_after_data = 1
        post(town, LETTER)
        each = round_of(town, SmtpCarrier(smtp(server), None))
        assert each.send_one()
        assert waiting(town) == [(1, 0)]
        town.now += timedelta(seconds=3)
        assert each.send_one()
        assert waiting(town) == []
        ids = [email.message_from_bytes(data)["Message-ID"] for _, _, data in server.letters]
    assert len(ids) == 2
    assert len(set(ids)) == 1


@pytest.mark.parametrize(("code", "for_good"), [(450, False), (550, True)])
@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_refused_letter_waits_or_is_given_up(
    tmp_path: Path,
    step: str,
    code: int,
    for_good: bool,  # noqa: FBT001 - a parameter of the test
    caplog: pytest.LogCaptureFixture,
) -> None:
    town = Town(f"sqlite:///{tmp_path}/store.db")
    with mail_server() as server:
        setattr(server.faults, step, code)
        post(town, LETTER)
        each = round_of(town, SmtpCarrier(smtp(server), None))
        each.send_one()
        assert waiting(town) == [(1, int(for_good))]
        town.now += timedelta(days=0.5)
        setattr(server.faults, step, 250)
        each.send_one()
        assert len(server.letters) == (0 if for_good else 1)
    assert ("ALARM" in caplog.text) == for_good
    for private in ("lampa", "doprava", "Dobrý", LETTER.id):
        assert private not in caplog.text
    town.close()


def test_silent_and_absent_servers_are_tried_again(tmp_path: Path) -> None:
    town = Town(f"sqlite:///{tmp_path}/store.db")
    with mail_server() as server:
        server.faults.silent = True
        with pytest.raises(NotCarried) as slow:
            SmtpCarrier(smtp(server, timeout=1), None).carry(LETTER)
        assert not slow.value.for_good
    with pytest.raises(NotCarried) as absent:
        SmtpCarrier(smtp(server), None).carry(LETTER)
    assert not absent.value.for_good
    town.close()


def test_pauses_grow_and_then_the_letter_is_given_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    town = Town(f"sqlite:///{tmp_path}/store.db")
    tries = 0

    class Broken:
        def carry(self, letter: Letter) -> None:
            nonlocal tries
            tries += 1
            raise NotCarried(f"a fault of {letter.channel}")

    post(town, replace(LETTER, expires=START + timedelta(days=30)))
    each = round_of(town, Broken())
    for _ in range(200):
        each.send_one()
        town.now += timedelta(minutes=10)
    assert tries == MOST_TRIES
    assert waiting(town) == [(MOST_TRIES, 1)]
    assert caplog.text.count("ALARM") == 1
    assert [pause(tried).total_seconds() for tried in (1, 2, 3, 12, 40)] == [2, 4, 8, 4096, 7200]
    tidy(town.desk.store, town.now + timedelta(days=8))
    assert waiting(town) == []
    town.close()


def test_code_that_is_out_of_time_is_not_sent_and_not_kept(tmp_path: Path) -> None:
    town = Town(f"sqlite:///{tmp_path}/store.db")
    post(town, replace(LETTER, kind="code", expires=START + timedelta(minutes=10)))
    town.now += timedelta(minutes=11)
    folder = tmp_path / "out"
    assert round_of(town, FolderCarrier(folder)).send_one()
    assert not folder.exists()
    assert waiting(town) == []
    town.close()


def test_sender_that_died_leaves_the_letter_for_the_next_one(town: Town) -> None:
    class Dies:
        def carry(self, letter: Letter) -> None:
            raise KeyboardInterrupt(letter.kind)

    post(town, LETTER)
    with pytest.raises(KeyboardInterrupt):
        round_of(town, Dies()).send_one()
    town.reopen()
    with mail_server() as server:
        each = round_of(town, SmtpCarrier(smtp(server), None))
        assert not each.send_one()  # it may still be on its way
        town.now += timedelta(minutes=3)
        assert each.send_one()
        assert len(server.letters) == 1


def test_two_gateways_never_send_the_same_letter_at_once(town: Town) -> None:
    sent: list[str] = []
    lock = threading.Lock()

    class Counting:
        def carry(self, letter: Letter) -> None:
            with lock:
                sent.append(letter.id)

    post(town, *(replace(LETTER, id=f"letter-{index:02d}") for index in range(40)))
    each = round_of(town, Counting())

    def work(_index: int) -> None:
        while each.send_one():
            pass

    at_once(8, work)
    assert sorted(sent) == [f"letter-{index:02d}" for index in range(40)]


def test_dispatcher_sends_what_it_is_woken_for_and_outlives_every_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    town = Town(f"sqlite:///{tmp_path}/store.db")
    sent = threading.Event()

    class Moody:
        def carry(self, letter: Letter) -> None:
            if letter.subject == "poison":
                raise UnicodeError("the sentence quotes a secret")
            sent.set()

    dispatcher = Dispatcher((round_of(town, Moody()),))
    dispatcher.start()
    post(town, replace(LETTER, id="1", subject="poison"), replace(LETTER, id="2"))
    dispatcher.wake()
    assert sent.wait(30)
    dispatcher.stop()
    assert "UnicodeError" in caplog.text
    assert "secret" not in caplog.text
    town.close()


@dataclass
class SmsGateway:
    """What came, and what is answered."""

    url: str
    status: int = 202
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def sms_gateway() -> Iterator[SmsGateway]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.came.append((dict(self.headers), body))
            self.send_response(gateway.status)
            if gateway.status == 302:
                self.send_header("Location", gateway.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway = SmsGateway(f"http://127.0.0.1:{server.server_address[1]}/send")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


FIELDS = {"to": "{address}", "text": "Infobox: {text}", "ref": "{id}"}


def test_text_message_is_posted_as_its_gateway_wants_it() -> None:
    with sms_gateway() as gateway:
        settings = SmsSettings(gateway.url, FIELDS)
        headers = {"Authorization": "Bearer secret"}
        HttpSmsCarrier(settings, headers).carry(TEXT)
        HttpSmsCarrier(replace(settings, format="form"), headers).carry(TEXT)
        (first, as_json), (_, as_form) = gateway.came
    assert json.loads(as_json) == {
        "to": "+420601234567",
        "text": 'Infobox: {id} "x" \\ {address}',
        "ref": TEXT.id,
    }
    assert b"to=%2B420601234567&" in as_form
    assert first["Authorization"] == "Bearer secret"
    assert first["Idempotency-Key"] == TEXT.id


@pytest.mark.parametrize(
    ("status", "for_good"),
    [
        (400, True),
        (422, True),
        (401, False),
        (429, False),
        (302, False),
        (500, False),
        (503, False),
    ],
)
def test_text_message_that_is_not_taken(status: int, for_good: bool) -> None:  # noqa: FBT001 - a parameter of the test
    with sms_gateway() as gateway:
        gateway.status = status
        with pytest.raises(NotCarried) as refused:
            HttpSmsCarrier(SmsSettings(gateway.url, FIELDS), {}).carry(TEXT)
        assert refused.value.for_good is for_good
        assert len(gateway.came) == 1


def test_absent_text_message_gateway_is_tried_again_and_named_by_kind_only() -> None:
    with sms_gateway() as gateway:
        pass
    with pytest.raises(NotCarried) as refused:
        HttpSmsCarrier(SmsSettings(gateway.url, FIELDS), {}).carry(TEXT)
    assert not refused.value.for_good
    assert "601" not in refused.value.kind


def test_letter_that_would_add_a_header_is_given_up() -> None:
    for changed in (
        replace(LETTER, subject="x\r\nBcc: everybody@example.cz"),
        replace(LETTER, address="a@example.cz\nBcc: everybody@example.cz"),
    ):
        with pytest.raises(NotCarried) as refused:
            email_of(changed, "infobox@mesto.example")
        assert refused.value.for_good


def test_values_that_look_like_marks_stay_as_they_are() -> None:
    assert filled({"a": "{text}{id}", "b": "plain", "c": "{other}"}, TEXT) == {
        "a": TEXT.text + TEXT.id,
        "b": "plain",
        "c": "{other}",
    }


def test_secrets_are_read_from_files_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("infobox\nhunter2\n", "ascii")
    credentials = read_credentials(file)
    assert (credentials.user, credentials.password) == ("infobox", "hunter2")
    assert "hunter2" not in repr(credentials)
    file.write_text("Authorization: Bearer x:y\n\nX-Account: 7\n", "ascii")
    assert read_headers(file) == {"Authorization": "Bearer x:y", "X-Account": "7"}
    for wrong in (b"one line\n", b"a\nb\nc", "kód: ř\nx\n".encode(), b"x: y\n" * 5000):
        file.write_bytes(wrong)
        with pytest.raises(SettingsError):
            read_credentials(file)
    for wrong in (b"a: b\nno header\n", b":x\n", b"x:\n", "x: ř\n".encode(), b"x: y\n" * 5000):
        file.write_bytes(wrong)
        with pytest.raises(SettingsError):
            read_headers(file)


def test_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotCarried):
        FolderCarrier(tmp_path / "file").carry(LETTER)


def test_logging_is_quiet_about_the_letters_themselves(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), mail_server() as server:
        SmtpCarrier(smtp(server), None).carry(LETTER)
    assert "doprava" not in caplog.text
