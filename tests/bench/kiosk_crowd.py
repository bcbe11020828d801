"""Kiosks at one gateway, each with its certificate, its connection and a chip of its own.

It runs in a process of its own, so that the gateway's figures are the gateway's, and leaves out
what costs a kiosk much and the gateway nothing: PACE, and building the account from its JSON.
"""

import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk_app.account.evidence import encode_evidence
from kiosk_app.account.login import decode_challenge, encode_responses
from tests.bench.kept_line import Certified, KeptLine, WrongAnswerError
from tests.bench.ready_chip import ReadyChip
from tests.fakes.document_signer import JANA, SampleState

REQUESTS_A_VISIT = 5
"""Login, answer, the account twice, end."""
WARM_VISITS = 2
"""Of each kiosk, before anything is measured."""


@dataclass
class Noted:
    """Milliseconds by request, from when it was due; `visits` are login to the whole account.

    `gateway_cpu` and `crowd_cpu` are milliseconds of CPU for all of it.
    """

    requests: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    gateway_cpu: float = 0.0
    crowd_cpu: float = 0.0


class Kiosk:
    """One kiosk with one card on its reader."""

    def __init__(self, line: KeptLine, chip: ReadyChip) -> None:
        self._line = line
        self._chip = chip
        self._login = encode_evidence(chip.evidence)

    def visit(self, noted: Noted, due: float) -> None:
        """One citizen from the card to the end; `due` is when they came (monotonic)."""
        try:
            self._visit(noted, due)
        except (WrongAnswerError, OSError) as error:
            noted.errors.append(f"{type(error).__name__}: {error}")

    def _visit(self, noted: Noted, due: float) -> None:
        ask, timer = self._line.ask, _Timer(noted, due)
        challenge = decode_challenge(ask("POST", "/v1/logins", 201, self._login))
        timer.answered()
        responses = encode_responses(self._chip.answer(challenge))
        timer.begin()
        answered = ask("POST", f"/v1/logins/{challenge.login_id}/answer", 200, responses)
        token = str(json.loads(answered)["token"])
        timer.answered()
        self._account(token)
        timer.answered()
        noted.visits.append(1000 * (time.monotonic() - due))
        timer.begin()
        self._account(token)
        timer.answered()
        ask("DELETE", "/v1/session", 204, token=token)
        timer.answered()

    def _account(self, token: str) -> None:
        account = self._line.ask("GET", "/v1/account", 200, token=token)
        if b'"missing_agendas":[]' not in account:
            raise WrongAnswerError("GET account: an agenda is missing")

    def idle(self, noted: Noted) -> None:
        """The same connection, nothing asked: the floor of every request."""
        begun = time.monotonic()
        self._line.ask("GET", "/v1/alive", 200)
        noted.idle.append(1000 * (time.monotonic() - begun))


class _Timer:
    def __init__(self, noted: Noted, begun: float) -> None:
        self._noted = noted
        self._begun = begun

    def begin(self) -> None:
        self._begun = time.monotonic()

    def answered(self) -> None:
        now = time.monotonic()
        self._noted.requests.append(1000 * (now - self._begun))
        self._begun = now


def one_by_one(kiosks: Sequence[Kiosk], rounds: int) -> Noted:
    """One citizen after the other, and the idle line after each."""
    noted = Noted()
    for kiosk in itertools.islice(itertools.cycle(kiosks), rounds):
        kiosk.visit(noted, time.monotonic())
        kiosk.idle(noted)
    return noted


def all_at_once(kiosks: Sequence[Kiosk], seconds: float) -> Noted:
    """Every kiosk as fast as it can."""
    end = time.monotonic() + seconds

    def work(kiosk: Kiosk, noted: Noted) -> None:
        while (now := time.monotonic()) < end:
            kiosk.visit(noted, now)

    return _together(kiosks, work)


def at_a_rate(kiosks: Sequence[Kiosk], seconds: float, visits_per_second: float) -> Noted:
    """Citizens come by the clock, whether the gateway has finished with the others or not."""
    begun = time.monotonic() + 0.1
    coming = iter(range(int(seconds * visits_per_second)))
    lock = threading.Lock()

    def work(kiosk: Kiosk, noted: Noted) -> None:
        while True:
            with lock:
                number = next(coming, None)
            if number is None:
                return
            due = begun + number / visits_per_second
            time.sleep(max(0.0, due - time.monotonic()))
            kiosk.visit(noted, due)

    return _together(kiosks, work)


def _together(kiosks: Sequence[Kiosk], work: Callable[[Kiosk, Noted], None]) -> Noted:
    parts = [Noted() for _ in kiosks]
    threads = [threading.Thread(target=work, args=pair) for pair in zip(kiosks, parts, strict=True)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Noted(seconds=time.monotonic() - begun)
    for part in parts:
        whole.requests += part.requests
        whole.visits += part.visits
        whole.errors += part.errors
    return whole


def main() -> int:
    """Read what to do from stdin as JSON and write what was noted to stdout."""
    plan: dict[str, Any] = json.load(sys.stdin)
    state = SampleState.load(Path(plan["pki"]))
    kiosks = [_kiosk(plan["url"], state, declared) for declared in plan["kiosks"]]
    noted = _run(plan, kiosks)
    json.dump(asdict(noted), sys.stdout)
    return 0


def _kiosk(url: str, state: SampleState, declared: dict[str, str]) -> Kiosk:
    files = Certified(*(Path(declared[name]) for name in ("ca", "certificate", "key")))
    chip = ReadyChip(state.issue(replace(JANA, number=declared["document"])))
    return Kiosk(KeptLine(url, files), chip)


def _run(plan: dict[str, Any], kiosks: Sequence[Kiosk]) -> Noted:
    one_by_one(kiosks, WARM_VISITS * len(kiosks))  # connections, threads, statements and caches
    gateway, crowd = _cpu(plan["gateway"]), time.process_time()
    match plan["how"]:
        case "one-by-one":
            noted = one_by_one(kiosks, plan["rounds"])
        case "all-at-once":
            noted = all_at_once(kiosks, plan["seconds"])
        case _:
            noted = at_a_rate(kiosks, plan["seconds"], plan["visits_per_second"])
    noted.gateway_cpu = _cpu(plan["gateway"]) - gateway
    noted.crowd_cpu = 1000 * (time.process_time() - crowd)
    return noted


def _cpu(pid: int) -> float:
    """Milliseconds of CPU that a process has used in all its threads (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
