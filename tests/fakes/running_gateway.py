"""The real account gateway on loopback TLS in a thread of a test, over the sample city."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from threading import Thread

from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import DocumentEvidence, Evidence, PaceData
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.config import GatewayConfig, PinConfig
from kiosk_app.gateway.desk import Desk
from kiosk_app.gateway.http.application import create_app
from kiosk_app.gateway.proving import Proof, Prover, Refusal
from kiosk_app.gateway.sample_city.creation import create_sample_city
from kiosk_app.gateway.serving import listen, make_server
from kiosk_app.gateway.wiring import build_desk
from tests.fakes.city_ca import CityCa, Identity

Clock = Callable[[], datetime]
JANA = "999009812"
KAREL = "999009813"
QUICK_PIN = PinConfig(passes=1, memory_mib=1, lanes=1, typed_a_minute=1000)
"""A PIN that is reckoned quickly: tests that guess do so often."""
_GENUINE = b"signed"


class FakeProver:
    """Believes DG1 = state|number under the SOD b"signed"; a chip answers SHA-256(challenge)."""

    def begin(self, evidence: Evidence, now: datetime) -> Proof:
        del now
        if not isinstance(evidence, DocumentEvidence) or evidence.sod != _GENUINE:
            raise Refusal(ProblemType.CARD_NOT_ACCEPTED)
        state, _, number = evidence.dg1.decode().partition("|")
        challenge = token_bytes(8)
        answer = sha256(challenge).digest()
        return Proof(state, number, (challenge,), (), None, Assurance.CHIP, answer)

    def pace_step(self, proof: Proof, data: PaceData) -> tuple[bytes, ...]:
        del proof, data
        raise Refusal(ProblemType.LOGIN_UNKNOWN)

    def finish(self, proof: Proof, responses: Sequence[bytes]) -> None:
        if list(responses) != [proof.secret]:
            raise Refusal(ProblemType.CHIP_NOT_GENUINE)


def evidence_of(number: str, state: str = "CZE") -> Evidence:
    """What the fake chip of that document says."""
    return DocumentEvidence(f"{state}|{number}".encode(), _GENUINE)


def answer_of(plain: Sequence[bytes]) -> list[bytes]:
    """What a genuine fake chip answers."""
    return [sha256(challenge).digest() for challenge in plain]


def log_in(client: AccountClient, number: str = JANA, pin: str | None = None) -> AccountToken:
    """A whole login with the fake chip of that document, and with its PIN if one is named."""
    challenge = client.login(evidence_of(number))
    token = client.answer(challenge.login_id, answer_of(challenge.plain))
    return token if pin is None else client.pin(token, pin)


@dataclass(frozen=True)
class RunningGateway:
    """A gateway that listens, its authority and its files."""

    url: str
    ca: CityCa
    config: GatewayConfig
    desk: Desk

    def choose_pin(self, pin: str, number: str = JANA) -> None:
        """Set the account PIN of that document's holder, as the counter does."""
        person = self.desk.sign_in.persons.find("CZE", number)
        assert person is not None
        factor = self.desk.second_factor
        factor.store.put(person.key, factor.hashes.make(pin))

    def client(self, device: Identity | str = "infobox-001") -> AccountClient:
        """A client with a device's certificate."""
        identity = self.ca.device(device) if isinstance(device, str) else device
        return AccountClient(self.url, self.ca.certificate, identity.certificate, identity.key)


def sample_config(folder: Path, ca: CityCa | None = None, **changes: object) -> GatewayConfig:
    """A configuration over a fresh sample city, and a fresh authority if none is named."""
    url = f"sqlite:///{folder / 'city.db'}"
    create_sample_city(url, date.today())  # noqa: DTZ011 - the city's own day
    ca = ca or CityCa(folder / "ca")
    server = ca.server()
    config = GatewayConfig(
        certificate=server.certificate,
        key=server.key,
        client_ca=ca.certificate,
        csca=folder,
        database=url,
        state=folder / "state",
        port=0,
        logins_per_kiosk=1000,
        logins_per_document=1000,
        pin=QUICK_PIN,
    )
    return replace(config, **changes)  # type: ignore[arg-type] # the test names real fields


@contextmanager
def running_gateway(
    folder: Path,
    prover: Prover | None = None,
    ca: CityCa | None = None,
    clock: Clock | None = None,
    **changes: object,
) -> Iterator[RunningGateway]:
    """Serve the sample city until the block ends; `changes` are fields of the configuration."""
    ca = ca or CityCa(folder / "ca")
    config = sample_config(folder, ca, **changes)
    with serving(config, prover or FakeProver(), clock) as (desk, url):
        yield RunningGateway(url, ca, config, desk)


@contextmanager
def serving(
    config: GatewayConfig, prover: Prover, clock: Clock | None = None
) -> Iterator[tuple[Desk, str]]:
    """Serve until the block ends; gives the desk and the address."""
    desk = build_desk(config, prover, clock)
    server = make_server(create_app(desk), config)
    with listen(config) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield desk, f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            desk.close()
