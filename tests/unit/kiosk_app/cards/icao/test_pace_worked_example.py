"""The worked example of ICAO Doc 9303 part 11 appendix G.1: PACE, ECDH, generic mapping."""

import hashlib

import pytest

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.icao import curves, pace
from kiosk_app.cards.icao.security_infos import Cipher, PaceInfo
from kiosk_app.cards.icao.session_keys import (
    decrypt,
    derive_password_key,
    derive_session_keys,
)

OID = bytes.fromhex("04007F00070202040202")
MRZ_INFORMATION = b"T22000129364081251010318"
PASSWORD_KEY = bytes.fromhex("89DED1B26624EC1E634C1989302849DD")
HIDDEN_NONCE = bytes.fromhex("95A3A016522EE98D01E76CB6B98B42C3")
NONCE = bytes.fromhex("3F00C4D39D153F2B2A214A078D899B22")
MAPPING = 0x7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99
MAPPING_POINT = bytes.fromhex(
    "047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
    "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D"
)
CHIP_MAPPING_POINT = bytes.fromhex(
    "04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
    "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54"
)
GENERATOR_X = 0x8CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2
AGREEMENT = 0xA73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595
AGREEMENT_POINT = bytes.fromhex(
    "042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
    "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462"
)
CHIP_AGREEMENT_POINT = bytes.fromhex(
    "049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
    "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094"
)
SECRET = bytes.fromhex("28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925")
ENCRYPTION_KEY = bytes.fromhex("F5F0E35C0D7161EE6724EE513A0D9A7F")
MAC_KEY = bytes.fromhex("FE251C7858B356B24514B3BD5F4297D1")
TERMINAL_TOKEN = bytes.fromhex("C2B0BD78D94BA866")
CHIP_TOKEN = bytes.fromhex("3ABB9674BCE93C08")


@pytest.fixture
def curve() -> curves.Curve:
    found = curves.by_parameter_id(13)
    assert found is not None
    return found


def test_the_password_opens_the_nonce() -> None:
    seed = hashlib.sha1(MRZ_INFORMATION, usedforsecurity=False).digest()
    key = derive_password_key(seed, Cipher.AES_128)
    assert key == PASSWORD_KEY
    assert decrypt(key, bytes(16), HIDDEN_NONCE) == NONCE


def test_generic_mapping_gives_the_published_generator(curve: curves.Curve) -> None:
    assert curves.public_point(curve, MAPPING) == MAPPING_POINT
    generator = curves.map_generator(curve, NONCE, MAPPING, CHIP_MAPPING_POINT)
    assert int(generator.x()) == GENERATOR_X
    assert curves.multiply(curve, generator, AGREEMENT) == AGREEMENT_POINT


def test_the_secret_gives_the_published_keys_and_tokens(curve: curves.Curve) -> None:
    secret = curves.shared_x(curve, AGREEMENT, CHIP_AGREEMENT_POINT)
    assert secret == SECRET
    keys = derive_session_keys(secret, Cipher.AES_128)
    assert (keys.encryption, keys.mac) == (ENCRYPTION_KEY, MAC_KEY)
    assert pace.authentication_token(keys.mac, OID, CHIP_AGREEMENT_POINT) == TERMINAL_TOKEN
    assert pace.authentication_token(keys.mac, OID, AGREEMENT_POINT) == CHIP_TOKEN


def test_the_whole_run_sends_the_published_values(curve: curves.Curve) -> None:
    answers = iter(
        (
            b"",
            tlv.encode(0x80, HIDDEN_NONCE),
            tlv.encode(0x82, CHIP_MAPPING_POINT),
            tlv.encode(0x84, CHIP_AGREEMENT_POINT),
            tlv.encode(0x86, CHIP_TOKEN),
        )
    )
    sent: list[Command] = []

    def send(command: Command) -> Response:
        sent.append(command)
        answer = next(answers)
        return Response(tlv.encode(0x7C, answer) if answer else b"", 0x9000)

    seed = hashlib.sha1(MRZ_INFORMATION, usedforsecurity=False).digest()
    channel = pace.establish(
        send,
        PaceInfo(OID, Cipher.AES_128, 13),
        curve,
        seed,
        pace.PaceSecrets(MAPPING, AGREEMENT),
        name_parameters=False,
    )
    assert channel.keys.mac == MAC_KEY
    assert [command.data for command in sent[1:]] == [
        b"\x7c\x00",
        tlv.encode(0x7C, tlv.encode(0x81, MAPPING_POINT)),
        tlv.encode(0x7C, tlv.encode(0x83, AGREEMENT_POINT)),
        tlv.encode(0x7C, tlv.encode(0x85, TERMINAL_TOKEN)),
    ]
    assert [command.cla for command in sent] == [0x00, 0x10, 0x10, 0x10, 0x00]
