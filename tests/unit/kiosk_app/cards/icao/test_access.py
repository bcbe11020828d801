"""The choice of a way into a chip."""

import pytest

from kiosk_app.cards.icao import access
from kiosk_app.cards.icao.security_infos import SecurityInfoError, parse_security_infos
from tests.fakes.virtual_card.profile import Mapping, Offer, card_access

GM, IM, CAM = Mapping.GENERIC, Mapping.INTEGRATED, Mapping.CHIP_AUTHENTICATION
FINITE_FIELD = bytes.fromhex("3012060A04007F0007020204010202010202010A")[:-1] + b"\x00"
MAPPED_UNKNOWN = bytes.fromhex("3012060A04007F0007020204090202010202010C")
CHIP_AUTHENTICATION = bytes.fromhex("300F060A04007F00070202030202020101")


def infos(*items: bytes) -> bytes:
    body = b"".join(items)
    return b"\x31" + bytes((len(body),)) + body


def protocol(*offers: Offer) -> str:
    return access.choose_pace(card_access(offers)).protocol.value


def test_each_mapping_has_its_name() -> None:
    assert [protocol(Offer(mapping)) for mapping in (GM, IM, CAM)] == [
        "pace-generic",
        "pace-integrated",
        "pace-chip-authentication",
    ]


def test_3des_is_taken_only_where_there_is_nothing_else() -> None:
    assert access.choose_pace(card_access((Offer(GM, 18, 112),))).info.cipher.name == "TRIPLE_DES"
    both = card_access((Offer(GM, 18, 112), Offer(GM, 10, 128)))
    assert access.choose_pace(both).info.cipher.name == "AES_128"


def test_integrated_mapping_is_not_taken_on_a_curve_that_cannot_encode() -> None:
    with pytest.raises(access.AccessError, match="known here"):
        access.choose_pace(card_access((Offer(IM, 10),)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (infos(), "offers no PACE"),
        (infos(FINITE_FIELD), "finite fields"),
        (infos(MAPPED_UNKNOWN), "known here"),
        (infos(FINITE_FIELD, MAPPED_UNKNOWN), "known here"),
        (infos(CHIP_AUTHENTICATION), "known here"),
        (infos(Offer(GM, 99).info()), "known here"),
    ],
)
def test_why_there_is_no_way(data: bytes, sentence: str) -> None:
    with pytest.raises(access.AccessError, match=sentence):
        access.choose_pace(data)


def test_card_access_that_is_none() -> None:
    with pytest.raises(SecurityInfoError):
        access.choose_pace(b"\x30\x00")


def test_the_strongest_with_chip_authentication_mapping() -> None:
    offers = (Offer(CAM, 12, 128), Offer(CAM, 12, 256), Offer(GM, 17, 256))
    found = access.choose_pace_cam(card_access(offers))
    assert found is not None
    assert (found.info.cipher.name, found.named) == ("AES_256", True)
    assert access.choose_pace_cam(card_access((Offer(GM),))) is None


@pytest.mark.parametrize(
    ("used", "signed"),
    [
        (None, infos(Offer().info())),
        (None, infos(FINITE_FIELD)),
        (Offer(), infos(Offer().info(), Offer(bits=256).info())),
        (Offer(), infos(Offer(CAM).info())),
        (Offer(bits=112), infos(Offer(GM, 13).info())),
    ],
)
def test_a_downgrade_is_noticed(used: Offer | None, signed: bytes) -> None:
    with pytest.raises(access.DowngradeError, match="hid it"):
        access.check_no_downgrade(variant(used), parse_security_infos(signed))


@pytest.mark.parametrize(
    ("used", "signed"),
    [
        (None, infos()),
        (None, infos(CHIP_AUTHENTICATION)),
        (Offer(), infos()),
        (Offer(), infos(CHIP_AUTHENTICATION)),
        (Offer(), infos(Offer().info(), FINITE_FIELD)),
        (Offer(), infos(FINITE_FIELD)),
        (Offer(), infos(Offer(GM, 13).info())),
        (Offer(CAM), infos(Offer().info())),
        (Offer(bits=256), infos(Offer().info(), Offer(bits=256).info(), CHIP_AUTHENTICATION)),
    ],
)
def test_no_downgrade(used: Offer | None, signed: bytes) -> None:
    access.check_no_downgrade(variant(used), parse_security_infos(signed))


def variant(offer: Offer | None) -> access.PaceVariant | None:
    return None if offer is None else access.choose_pace(card_access((offer,)))
