"""The account gateway under load, over the sample city with 400,000 rows, on both databases."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.harness import Goal, Result, Series
from tests.bench.kiosk_crowd import REQUESTS_A_VISIT
from tests.bench.loaded_gateway import KIOSKS, crowd, loaded_gateway, memory_of
from tests.integration.postgres_server import postgres_server

ROUNDS = 300
SECONDS = 60.0
REQUESTS_PER_SECOND = 200.0
LOGIN_GOAL = Goal(0.95, 120.0)
LOAD_GOAL = Goal(0.99, 100.0)


def measure() -> Sequence[Result]:
    """One citizen after the other, fifty kiosks at once, and a minute at 200 requests a second."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder, postgres_server() as postgres:
        sqlite = f"sqlite:///{Path(folder) / 'city.db'}"
        for name, url in {"SQLite": sqlite, "PostgreSQL": postgres.database()}.items():
            place = Path(folder) / name
            place.mkdir()
            with loaded_gateway(place, url) as (gateway, plan):
                results += _measure(name, gateway, plan)
    return results


def _measure(name: str, gateway: int, plan: dict[str, Any]) -> list[Result]:
    plan = {**plan, "gateway": gateway}
    alone = crowd({**plan, "how": "one-by-one", "rounds": ROUNDS})
    at_once = crowd({**plan, "how": "all-at-once", "seconds": 20.0})
    visits = REQUESTS_PER_SECOND / REQUESTS_A_VISIT
    with memory_of(gateway) as megabytes:
        load = crowd(
            {**plan, "how": "rate", "seconds": SECONDS, "visits_per_second": visits},
        )
    idle = Series("the same connection, nothing asked", tuple(alone["idle"]))
    throughput = len(at_once["visits"]) / at_once["seconds"]
    return [
        Result(
            f"Login and whole account, one citizen after the other, {name}",
            Series("ours", tuple(alone["visits"])),
            (idle,),
            LOGIN_GOAL,
            f"{_errors(alone)}; {_cpu(alone)}",
        ),
        Result(
            f"{KIOSKS} kiosks at once, {name}",
            Series("login and whole account", tuple(at_once["visits"])),
            (idle,),
            note=f"{throughput:.1f} logins a second (goal 40); {_errors(at_once)}; {_cpu(at_once)}",
        ),
        Result(
            f"{REQUESTS_PER_SECOND:g} requests a second for {SECONDS:g} s, {name}",
            Series("one request", tuple(load["requests"])),
            (idle,),
            LOAD_GOAL,
            f"{len(load['requests']) / load['seconds']:.0f} requests a second came; "
            f"{_errors(load)}; {_cpu(load)}; {_told(megabytes)}",
        ),
    ]


def _errors(noted: dict[str, Any]) -> str:
    return f"{len(noted['errors'])} errors {sorted(set(noted['errors']))[:3] or ''}".strip()


def _cpu(noted: dict[str, Any]) -> str:
    visits = max(1, len(noted["visits"]))
    gateway, crowd = noted["gateway_cpu"] / visits, noted["crowd_cpu"] / visits
    return f"CPU a visit: {gateway:.1f} ms of the gateway's, {crowd:.1f} of the kiosks'"


def _told(megabytes: Sequence[float]) -> str:
    first, last = megabytes[len(megabytes) // 6], megabytes[-1]
    return f"memory {first:.1f} MB after the first sixth, {last:.1f} MB at the end"
