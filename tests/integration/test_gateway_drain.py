"""The gateway told to stop (SIGTERM): what is in hand is finished, everything closed, exit 0."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from kiosk_app.account.connection import GatewayConnection
from kiosk_app.account.drafts import (
    DefectDraft,
    Place,
)
from kiosk_app.account.submission_client import SubmissionClient
from kiosk_app.gateway.sample_city.creation import create_sample_city
from kiosk_app.gateway.store import Store
from kiosk_app.gateway.submissions.dispatcher import Dispatcher
from kiosk_app.gateway.submissions.outbox import Letter
from tests.fakes.city_ca import CityCa
from tests.fakes.document_signer import SampleState
from tests.integration.submission_town import Town
from tests.integration.test_delivery import LETTER, post, round_of

CONFIG = """
certificate = "ca/127.0.0.1.pem"
key = "ca/127.0.0.1.key"
client_ca = "ca/ca.pem"
csca = "csca"
database = "sqlite:///{folder}/city.db"
state = "state"
store = "{store}"
port = 0
[departments.transport]
cs = "Doprava VZOR"
en = "Transport SAMPLE"
[defects]
box = [50.69, 14.94, 50.83, 15.18]
[defects.categories.lamp]
cs = "Nesvítí lampa"
en = "A street lamp is out"
department = "transport"
"""
REPORT = DefectDraft("lamp", "Nesvítí. VZOR", Place(50.76, 15.05))


@pytest.fixture
def store_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def city(tmp_path: Path, store_url: str) -> Path:
    ca = CityCa(tmp_path / "ca")
    ca.server()
    ca.device("infobox-001")
    (tmp_path / "csca").mkdir()
    SampleState().save(tmp_path / "csca")
    (tmp_path / "gateway.toml").write_text(CONFIG.format(folder=tmp_path, store=store_url), "utf-8")
    create_sample_city(f"sqlite:///{tmp_path}/city.db", date(2026, 11, 24))
    return tmp_path


@pytest.fixture
def gateway(city: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "kiosk_app.gateway", "serve"]
    with subprocess.Popen(
        [*command, "--config", str(city / "gateway.toml")], stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def line_to(gateway: subprocess.Popen[str], city: Path) -> GatewayConnection:
    assert gateway.stdout is not None
    url = gateway.stdout.readline().split()[-1]
    kiosk = city / "ca" / "infobox-001"
    ca = city / "ca/ca.pem"
    return GatewayConnection(url, ca, kiosk.with_suffix(".pem"), kiosk.with_suffix(".key"))


def wait_until_somebody_waits(store: Store) -> None:
    waiting = text(
        "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database"
        " WHERE datname = current_database() AND NOT granted"
    )
    until = monotonic() + 30
    while monotonic() < until:
        with store.reading() as connection:
            if connection.execute(waiting).first():
                return
        sleep(0.02)
    raise AssertionError


def test_write_in_hand_is_finished_and_answered(
    city: Path, gateway: subprocess.Popen[str], store: Store
) -> None:
    with closing(line_to(gateway, city)) as line, ThreadPoolExecutor(1) as threads:
        client = SubmissionClient(line)
        first = client.report_defect(REPORT)
        with store.begin() as connection:
            connection.execute(text("LOCK TABLE submission_year IN EXCLUSIVE MODE"))
            answer = threads.submit(client.report_defect, REPORT)
            wait_until_somebody_waits(store)
            gateway.send_signal(signal.SIGTERM)
        second = answer.result(timeout=20)
    assert gateway.wait(timeout=20) == 0
    with store.reading() as connection:
        rows = connection.execute(text("SELECT number FROM submission ORDER BY number"))
        assert [row.number for row in rows] == [first.number, second.number]
        others = text(
            "SELECT COUNT(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        # Our own second connection at most: the gateway's are closed, not left.
        assert connection.execute(others).scalar_one() <= 1


def test_letter_whose_server_never_answers_does_not_keep_the_gateway(tmp_path: Path) -> None:
    town = Town(f"sqlite:///{tmp_path}/store.db")
    asked, answered = Event(), Event()

    class Endless:
        def carry(self, letter: Letter) -> None:
            asked.set()
            assert letter.id
            answered.wait(60)

    post(town, replace(LETTER, expires=LETTER.expires + timedelta(days=1)))
    dispatcher = Dispatcher((round_of(town, Endless()),), patience=0.1)
    dispatcher.start()
    assert asked.wait(30)
    dispatcher.stop()
    assert town.rows("SELECT tries, dead FROM outbox") == [(1, 0)]
    answered.set()
    dispatcher.stop()
