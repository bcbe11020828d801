"""`account-gateway agenda check` tells a programmer what the gateway would say."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.sample_city.creation import create_sample_city
from tests.fakes.city_ca import CityCa
from tests.fakes.department_service import answer, department_service
from tests.fakes.sample_departments import NOW


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk_app.gateway", "agenda", "check"]
    return subprocess.run(
        [*command, *map(str, arguments)], check=False, capture_output=True, text=True, timeout=60
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('city')}/city.db"
    create_sample_city(url, NOW.date())
    return url


def test_items_of_a_person_are_shown_field_by_field(database: str) -> None:
    said = check(PACKAGED_AGENDAS / "offences.yaml", "--database", database, "--person", "VZOR-2")
    assert (said.returncode, said.stderr) == (0, "")
    lines = said.stdout.splitlines()
    assert lines[0] == "offences.yaml: the declaration is well-formed."
    assert "cases: the query runs and gives every column." in lines
    assert "receivables: offences:PR-9000502" in lines
    assert "    amount: 700.00" in lines
    assert (
        "    title: Pokuta za parkování na vyhrazeném místě / Fine for parking in a reserved bay"
        in lines
    )
    assert lines[-1].endswith(" of 800 ms")


def test_person_with_nothing_is_said_so(database: str) -> None:
    said = check(PACKAGED_AGENDAS / "rent.yaml", "--database", database, "--person", "' OR 1=1")
    assert said.returncode == 0
    assert "This person has nothing in this agenda." in said.stdout


def test_queries_are_tried_without_a_person(database: str) -> None:
    for file in sorted(PACKAGED_AGENDAS.glob("*.yaml"))[:3]:
        assert check(file, "--database", database).returncode == 0


def test_mandates_of_a_person_are_shown(database: str) -> None:
    file = PACKAGED_AGENDAS / "mandates.yaml"
    said = check(file, "--database", database, "--person", "VZOR-1")
    assert "acts for VZOR Zahradnictví s.r.o., IČO 99900009 (jednatelka)" in said.stdout
    persons = check(PACKAGED_AGENDAS / "persons.yaml", "--database", database)
    assert "persons: the queries run and give every column." in persons.stdout


def test_each_mistake_is_one_sentence_with_file_and_place(database: str, tmp_path: Path) -> None:
    good = (PACKAGED_AGENDAS / "building.yaml").read_text()
    broken = good.replace("FROM request ", "FROM requests ").replace("opened: opened", "opened: o")
    (tmp_path / "building.yaml").write_text(broken)
    said = check(tmp_path / "building.yaml", "--database", database, "--person", "VZOR-1")
    assert said.returncode == 1
    place = "account-gateway: building.yaml: agenda building"
    assert said.stderr.splitlines() == [
        f"{place}, cases: the query gives no column o",
        f"{place}, todos: the query failed: no such table: requests",
    ]


@pytest.mark.parametrize(
    ("text", "arguments", "sentence"),
    [
        ("agenda: [", (), "bad.yaml: is not YAML (line 1)"),
        ("agenda: a", (), "bad.yaml: name: is not a mapping of names"),
        (None, (), "No such file"),
        ("mandates: {sql: 'SELECT :person'}\ntime_limit_ms: 5", (), "name it by --database"),
        (
            "mandates: {sql: 'SELECT :person'}\ntime_limit_ms: 5",
            ("--database", "nonsense"),
            "bad.yaml: the database URL cannot be used",
        ),
    ],
)
def test_what_cannot_be_tried_is_one_sentence(
    tmp_path: Path, text: str | None, arguments: tuple[str, ...], sentence: str
) -> None:
    if text is not None:
        (tmp_path / "bad.yaml").write_text(text)
    said = check(tmp_path / "bad.yaml", *arguments)
    assert said.returncode == 1
    assert sentence in said.stderr
    assert len(said.stderr.splitlines()) == 1


SERVICE = """
agenda: parking
name: {{cs: Parkování, en: Parking}}
time_limit_ms: 5000
rest: {{url: "{url}", ca: ca.pem}}
gives:
  documents:
    path: /{{person}}
    fields:
      id: /id
      title: {{cs: "=Oprávnění", en: "=Permit"}}
      department: {{cs: "=Odbor", en: "=Department"}}
      issued: /from
"""


def test_service_is_asked_for_the_person(tmp_path: Path) -> None:
    ca = CityCa(tmp_path)
    permits = [{"id": 17, "from": "2026-01-01"}]
    with department_service(ca.server(), answer(permits)) as service:
        (tmp_path / "parking.yaml").write_text(SERVICE.format(url=service.url))
        said = check(tmp_path / "parking.yaml", "--person", "VZOR-1")
        unasked = check(tmp_path / "parking.yaml")
    assert "documents: parking:17" in said.stdout
    assert "    issued: 2026-01-01" in said.stdout
    assert "No items were read" in unasked.stdout
    assert len(service.requests) == 1


def test_sample_city_takes_as_many_persons_more_as_are_wanted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk_app.gateway", "sample-city", "--persons", "500"]
    database = ["--database", f"sqlite:///{tmp_path}/city.db", "--seed", "7"]
    said = subprocess.check_output([*command, *database], text=True, timeout=60)
    assert int(said.split()[4]) > 5000
