"""Every kind of chip over a real pcscd, with the reader's own limits."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can, Password, mrz_key
from tests.fakes.document_signer import (
    JANA,
    KAREL,
    Person,
    SampleState,
    machine_readable_zone,
)
from tests.fakes.virtual_card.all_samples import make
from tests.integration.card_rig import CardRig, card_rig

STATE = SampleState()


@pytest.fixture(scope="module")
def rig() -> Iterator[CardRig]:
    with pytest.MonkeyPatch.context() as patch, card_rig(patch) as rig:
        yield rig


def key(person: Person, size: str) -> Password:
    return mrz_key(machine_readable_zone(replace(person, size=size)))


@pytest.mark.parametrize(
    ("name", "password", "protocol"),
    [
        ("jana", Can(JANA.can), "pace-generic"),
        ("jana", key(JANA, "TD1"), "pace-generic"),
        ("im", Can(JANA.can), "pace-integrated"),
        ("cam", Can(JANA.can), "pace-chip-authentication"),
        ("several", Can(JANA.can), "pace-generic"),
        ("strong", Can(JANA.can), "pace-generic"),
        ("short", Can(JANA.can), "pace-generic"),
        ("3des", Can(JANA.can), "pace-generic"),
        ("jana-passport", key(JANA, "TD3"), "pace-generic"),
        ("old-passport", key(KAREL, "TD3"), "bac"),
        ("active-rsa", Can(JANA.can), "pace-generic"),
    ],
)
def test_a_chip_is_read(rig: CardRig, name: str, password: Password, protocol: str) -> None:
    reader = rig.change(make(name, STATE))
    with pcsc.open_card(reader) as card:
        reading = read_chip(card.transmit, password, card.atr)
    assert (reading.access.value, reading.mrz.issuing_state) == (protocol, "CZE")
    assert (reading.dg15 is not None) == (name in {"active-rsa", "old-passport"})
