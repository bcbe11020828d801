"""Contents of DG1 and DG14 (ICAO Doc 9303 part 10 section 4.7), unverified; reads no chip."""

from kiosk_app.cards import tlv
from kiosk_app.cards.icao.security_infos import SecurityInfo, parse_security_infos
from kiosk_app.cards.mrz import MrzError, MrzFacts, parse_mrz

_DG1, _MRZ, _DG14 = 0x61, 0x5F1F, 0x6E


def parse_dg1(data: bytes) -> MrzFacts:
    """Read the machine readable zone of EF.DG1.

    Raises:
        TlvError: not the data objects of DG1.
        MrzError: not a machine readable zone.
    """
    characters = tlv.value_of(data, _DG1, _MRZ)
    if not characters.isascii():
        raise MrzError("The machine readable zone has a character that it may not have.")
    return parse_mrz(characters.decode("ascii"))


def parse_dg14(data: bytes) -> tuple[SecurityInfo, ...]:
    """Read the SecurityInfos of EF.DG14.

    Raises:
        TlvError: not the data object of DG14.
        SecurityInfoError: not SecurityInfos.
    """
    return parse_security_infos(tlv.value_of(data, _DG14))
