"""A whole infobox for tests: X server, kiosk, card reader with card, gateway, printer, all real."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk_app.gateway.config import OpenIdConfig
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore
from kiosk_app.gateway.evidence.chain import Anchors
from tests.fakes.card_reader import CardReader, shared_card_reader
from tests.fakes.city_ca import CityCa
from tests.fakes.document_signer import JANA, Person, SampleState
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.openid_provider.provider import Provider
from tests.fakes.openid_provider.server import running_provider
from tests.fakes.receipt_printer.server import VirtualPrinter
from tests.fakes.running_gateway import RunningGateway, running_gateway
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.slot import Slot
from tests.integration.kiosk_rig import Kiosk, XServer

CAN = JANA.can
WASTE_FEE = "pay.waste-fee:KO-9000017"


@dataclass
class Town:
    """The infobox and what lies around it."""

    kiosk: Kiosk
    slot: Slot
    state: SampleState
    printer: VirtualPrinter
    reader: CardReader
    server: XServer
    gateway: RunningGateway
    provider: Provider

    def put_card(self, person: Person = JANA) -> None:
        self.slot.put(Chip(self.state.issue(person)))

    def take_card(self) -> None:
        self.slot.take()

    def sign_in(self, person: Person = JANA, then: str = "account") -> None:
        """The CAN first, then the card, until the screen `then`."""
        self.kiosk.touch("attract", "touch")
        self.kiosk.wait_showing("home")
        self.kiosk.touch("home", "tile.account")
        self.kiosk.wait_showing("can")
        self.kiosk.type_can(person.can)
        self.kiosk.wait_showing("put-card")
        self.put_card(person)
        self.kiosk.wait_showing(then)


@contextmanager
def town(folder: Path, extra: str = "") -> Iterator[Town]:
    state = SampleState()
    with ExitStack() as stack:
        ca = CityCa(folder / "ca")
        provider = stack.enter_context(running_provider(ca.server()))
        contact = CscaStore((ContactCardState().issuing,), anchors=Anchors.ALL)
        prover = DocumentProver(CscaStore((state.csca,)), contact)
        openid = _openid(folder, ca, provider)
        gateway = stack.enter_context(running_gateway(folder, prover, ca, openid=openid))
        printer = stack.enter_context(VirtualPrinter(folder / "receipts"))
        reader = shared_card_reader()
        slot = Slot(reader.directory)
        stack.callback(slot.close)
        server = stack.enter_context(XServer())
        identity = gateway.ca.device("infobox-001")
        settings = (
            f'{extra}\n[gateway]\nurl = "{gateway.url}"\nca = "{gateway.ca.certificate}"\n'
            f'certificate = "{identity.certificate}"\nkey = "{identity.key}"\n'
            f'[printer]\nuri = "{printer.uri}"\n'
        )
        kiosk = stack.enter_context(Kiosk(folder, server.name, settings, reader.environment))
        kiosk.wait_ready()
        yield Town(kiosk, slot, state, printer, reader, server, gateway, provider)


def _openid(folder: Path, ca: CityCa, provider: Provider) -> OpenIdConfig:
    secret = folder / "openid.secret"
    secret.write_text(provider.client_secret, encoding="ascii")
    return OpenIdConfig(provider.issuer, provider.client_id, secret, ca=ca.certificate)
