"""The gateway as a program: it serves, or refuses to start with one sentence."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kiosk_app.account.client import AccountClient
from kiosk_app.gateway.sample_city.creation import create_sample_city
from tests.fakes.city_ca import CityCa
from tests.fakes.document_signer import SampleState

CONFIG = """
certificate = "ca/127.0.0.1.pem"
key = "ca/127.0.0.1.key"
client_ca = "ca/ca.pem"
csca = "csca"
database = "sqlite:///{folder}/city.db"
state = "state"
port = 0
"""


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk_app.gateway", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def city(tmp_path: Path) -> Path:
    ca = CityCa(tmp_path / "ca")
    ca.server()
    ca.device("infobox-001")
    (tmp_path / "csca").mkdir()
    SampleState().save(tmp_path / "csca")
    (tmp_path / "gateway.toml").write_text(CONFIG.format(folder=tmp_path))
    create_sample_city(f"sqlite:///{tmp_path}/city.db", date(2026, 11, 24))
    return tmp_path


def test_served_until_it_is_told_to_stop(city: Path) -> None:
    command = [sys.executable, "-m", "kiosk_app.gateway", "serve"]
    with subprocess.Popen(
        [*command, "--config", str(city / "gateway.toml")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as gateway:
        assert gateway.stdout is not None
        said = gateway.stdout.readline().split()
        kiosk = city / "ca" / "infobox-001"
        client = AccountClient(
            said[-1], city / "ca/ca.pem", kiosk.with_suffix(".pem"), kiosk.with_suffix(".key")
        )
        client.ping()
        gateway.send_signal(signal.SIGHUP)
        client.ping()
        client.close()
        limits = Path(f"/proc/{gateway.pid}/limits").read_text().splitlines()
        assert [line.split()[4:6] for line in limits if "core file" in line] == [["0", "0"]]
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(timeout=10) == 0
    assert said[:2] == ["listening", "on"]


def test_serving_loads_no_more_than_it_needs() -> None:
    loaded = "import sys, kiosk_app.gateway.serving; print(*sys.modules)"
    modules = subprocess.check_output([sys.executable, "-c", loaded], text=True).split()
    assert "sqlalchemy" in modules
    needless = {"kiosk_app.gateway.http.openapi_text", "kiosk_app.gateway.sample_city", "jwt"}
    assert needless.isdisjoint(modules)


def test_sample_city_is_made_again_and_again_the_same(city: Path) -> None:
    counts = []
    for _ in range(2):
        again = _run("sample-city", "--database", f"sqlite:///{city}/city.db")
        assert again.returncode == 0
        with sqlite3.connect(city / "city.db") as database:
            counts.append(database.execute("SELECT count(*) FROM person").fetchone())
        database.close()
    assert counts[0] == counts[1]


def test_sample_city_never_touches_a_database_of_others(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "real.db") as database:
        database.execute("CREATE TABLE person (name TEXT)")
        database.execute("INSERT INTO person VALUES ('x')")
    made = _run("sample-city", "--database", f"sqlite:///{tmp_path}/real.db")
    assert made.returncode == 1
    assert "tables that are not the sample city's" in made.stderr
    assert database.execute("SELECT count(*) FROM person").fetchone() == (1,)
    database.close()


@pytest.mark.parametrize(
    ("spoiled", "text", "sentence"),
    [
        ("city.db", None, "persons: no connection: unable to open database file"),
        ("city.db", "no database", "persons: the query failed: file is not a database"),
        ("csca/csca.pem", None, "holds no certificate"),
        ("ca/127.0.0.1.key", None, "No such file"),
        ("gateway.toml", "port = 1", "certificate: is missing"),
        ("state", "a file", "File exists"),
    ],
)
def test_gateway_refuses_to_start_with_one_sentence(
    city: Path, spoiled: str, text: str | None, sentence: str
) -> None:
    file = city / spoiled
    file.unlink(missing_ok=True)
    if text is not None:
        file.write_text(text)
    served = _run("serve", "--config", city / "gateway.toml")
    assert served.returncode == 1
    assert sentence in served.stderr
    assert len(served.stderr.splitlines()) == 1


PERSONS = (
    "persons: {sql: 'SELECT 1 AS person, 2 AS display_name, 0 AS is_sample"
    " WHERE :issuing_state = :document_number'}"
)
DOCUMENTS = (
    "agenda: bad\nname: {{cs: a, en: a}}\ntime_limit_ms: 5\n"
    "gives: {{documents: {{sql: {sql}, fields: "
    "{{id: x, title: {{cs: x, en: x}}, department: {{cs: x, en: x}}, issued: {issued}}}}}}}"
)


@pytest.mark.parametrize(
    ("declaration", "sentence"),
    [
        ("agenda: [", "bad.yaml: is not YAML (line 1)"),
        (f"{PERSONS}\ntime_limit_ms: 5", "has 2 declarations of persons, not one"),
        (
            DOCUMENTS.format(sql="'SELECT x FROM y WHERE z = :person'", issued="x"),
            "agenda bad, documents: the query failed: no such table: y",
        ),
        (
            DOCUMENTS.format(sql="'SELECT 1 AS x WHERE 1 = :person'", issued="z"),
            "agenda bad, documents: the query gives no column z",
        ),
    ],
)
def test_gateway_refuses_a_broken_agenda_by_name(
    city: Path, declaration: str, sentence: str
) -> None:
    agendas = city / "agendas"
    agendas.mkdir()
    (agendas / "persons.yaml").write_text(f"{PERSONS}\ntime_limit_ms: 500")
    (agendas / "bad.yaml").write_text(declaration)
    with (city / "gateway.toml").open("a") as config:
        config.write('agendas = "agendas"\n')
    served = _run("serve", "--config", city / "gateway.toml")
    assert served.returncode == 1
    assert sentence in served.stderr
    assert len(served.stderr.splitlines()) == 1


def test_gateway_says_when_its_port_is_taken(city: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        config = (city / "gateway.toml").read_text()
        port = taken.getsockname()[1]
        (city / "gateway.toml").write_text(config.replace("port = 0", f"port = {port}"))
        served = _run("serve", "--config", city / "gateway.toml")
    assert served.returncode == 1
    assert "Address already in use" in served.stderr
    assert len(served.stderr.splitlines()) == 1


def _pin(city: Path, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk_app.gateway", "pin", arguments[0], "--config"]
    return subprocess.run(
        [*command, str(city / "gateway.toml"), *arguments[1:]],
        check=False,
        capture_output=True,
        text=True,
        input=typed,
        timeout=60,
    )


JANA = ("--document", "CZE", "999009812")


def test_counter_sets_looks_at_unlocks_and_removes_a_pin(city: Path) -> None:
    assert _pin(city, "", "state", *JANA).stdout == "No PIN is set; 0 tries in vain.\n"
    assert _pin(city, "2580\n", "set", *JANA).stdout == "The PIN is set.\n"
    assert _pin(city, "", "unlock", *JANA).stdout == "The PIN is unlocked.\n"
    assert _pin(city, "", "state", *JANA).stdout == "A PIN is set; 0 tries in vain.\n"
    assert _pin(city, "", "remove", *JANA).stdout == "The PIN is removed.\n"
    assert _pin(city, "", "state", *JANA).stdout == "No PIN is set; 0 tries in vain.\n"
    record = (city / "state" / "audit.jsonl").read_text()
    assert [action in record for action in ("pin-set", "pin-unlocked", "pin-removed")] == [True] * 3
    assert "999009812" not in record


@pytest.mark.parametrize(
    ("typed", "arguments", "sentence"),
    [
        ("0000\n", JANA, "a PIN is not one digit again and again"),
        ("1234\n", JANA, "a PIN does not count up or down"),
        ("1705\n", (*JANA, "--born", "1984-05-17"), "a PIN is not the date of birth"),
        ("258\n", JANA, "a PIN has 4 to 8 digits"),
        ("", JANA, "a PIN is made of digits"),
        ("2580\n", ("--document", "CZE", "111111111"), "no person has that document"),
    ],
)
def test_counter_is_refused_with_one_sentence(
    city: Path, typed: str, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = _pin(city, typed, "set", *arguments)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"account-gateway: {sentence}\n"


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ([b"2580\n", b"2580\n"], 0, "The PIN is set."),
        ([b"2580\n", b"2581\n"], 1, "the two were not the same"),
        ([b"\x04"], 1, "nothing was typed"),
    ],
)
def test_pin_typed_at_a_terminal_is_not_shown(
    city: Path, typed: list[bytes], code: int, said: str
) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "kiosk_app.gateway", "pin", "set"]
    with subprocess.Popen(
        [*command, "--config", city / "gateway.toml", *JANA],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as counter:
        os.close(theirs)
        shown = b""
        for line in typed:
            shown = _shown(ours, shown, b": ")
            os.write(ours, line)
        shown = _shown(ours, shown, None)
        assert counter.wait(timeout=30) == code
    os.close(ours)
    assert said in shown.decode()
    assert b"258" not in shown


def _shown(terminal: int, before: bytes, end: bytes | None) -> bytes:
    """What the terminal shows more, until a new piece with that end, or until it is closed."""
    shown = before
    while end is None or not shown[len(before) :].endswith(end):
        try:
            shown += os.read(terminal, 1000)
        except OSError:
            return shown
    return shown


def test_pin_is_never_an_argument(city: Path) -> None:
    refused = _pin(city, "", "set", *JANA, "2580")
    assert refused.returncode == 2
    assert "unrecognized arguments" in refused.stderr
