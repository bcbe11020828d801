"""A gateway over a large sample city, and a crowd of kiosks at it; it judges no figure."""

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests.demo.settings import toml
from tests.fakes.city_ca import CityCa
from tests.fakes.document_signer import SampleState

PERSONS = 32_000
"""Of the generated city; with them it has some 400,000 rows."""
KIOSKS = 50


@contextmanager
def loaded_gateway(
    place: Path, database: str, persons: int = PERSONS
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The real program over that database; its pid and the plan for a crowd of kiosks."""
    subprocess.run(
        [*_GATEWAY, "sample-city", "--database", database, "--persons", str(persons)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    state = SampleState()
    state.save(place / "pki")
    (place / "csca").mkdir()
    shutil.copy(place / "pki" / "csca.pem", place / "csca")
    ca = CityCa(place / "ca")
    _write_settings(place, ca, database)
    command = [*_GATEWAY, "serve", "--config", str(place / "gateway.toml")]
    with (
        (place / "log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as gateway,
    ):
        try:
            assert gateway.stdout is not None
            port = re.findall(r":(\d+)", gateway.stdout.readline())[-1]
            yield gateway.pid, _plan(place, ca, database, f"https://127.0.0.1:{port}")
        finally:
            gateway.terminate()


_GATEWAY = (sys.executable, "-m", "kiosk_app.gateway")


def _write_settings(place: Path, ca: CityCa, database: str) -> None:
    server = ca.server()
    settings: dict[str, object] = {
        "certificate": server.certificate,
        "key": server.key,
        "client_ca": ca.certificate,
        "csca": place / "csca",
        "database": database,
        "state": place / "state",
        "port": 0,
        "logins_per_kiosk": 1_000_000,
        "logins_per_document": 1_000_000,
    }
    (place / "gateway.toml").write_text(toml(settings), encoding="utf-8")


def _plan(place: Path, ca: CityCa, database: str, url: str) -> dict[str, Any]:
    devices = [ca.device(f"infobox-{number:03}") for number in range(KIOSKS)]
    kiosks = [
        {
            "ca": str(ca.certificate),
            "certificate": str(device.certificate),
            "key": str(device.key),
            "document": document,
        }
        for device, document in zip(devices, _documents(database), strict=True)
    ]
    return {"url": url, "pki": str(place / "pki"), "kiosks": kiosks}


def _documents(database: str) -> list[str]:
    """Documents of persons who are spread over the whole city."""
    engine = create_engine(database)
    with engine.connect() as connection:
        rows = connection.execute(text(_DOCUMENTS)).scalars().all()
    engine.dispose()
    return [str(number) for number in rows[:: max(1, len(rows) // KIOSKS)][:KIOSKS]]


_DOCUMENTS = """
    SELECT document_number FROM identity_document
    WHERE issuing_state = 'CZE' AND length(document_number) = 9 ORDER BY document_number
"""


def crowd(plan: dict[str, Any]) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.kiosk_crowd"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    noted: dict[str, Any] = json.loads(ran.stdout)
    return noted


@contextmanager
def memory_of(pid: int) -> Iterator[list[float]]:
    """Megabytes of proportional memory (PSS) of a process, about twice a second."""
    found: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            found.append(_pss(pid))

    thread = threading.Thread(target=look)
    thread.start()
    yield found
    over.set()
    thread.join()


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("Pss:"))
    return int(kilobytes) / 1024
