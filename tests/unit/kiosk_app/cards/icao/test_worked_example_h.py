"""The worked example of ICAO Doc 9303 part 11 appendix H.1: PACE, ECDH, integrated mapping.

The appendix gives the password's key only, so the run begins at the nonce.
"""

from kiosk_app.cards.apdu import parse_response
from kiosk_app.cards.icao import curves, pace, pace_im, pace_steps
from kiosk_app.cards.icao.access import AccessProtocol, choose_pace
from kiosk_app.cards.icao.ciphers import decrypt
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import derive_session_keys

VARIANT = choose_pace(bytes.fromhex("31143012060A04007F0007020204040202010202010D"))
CURVE = VARIANT.curve
OID = bytes.fromhex("04007F00070202040402")
PASSWORD_KEY = bytes.fromhex("591468CDA83D65219CCCB8560233600F")
HIDDEN_NONCE = bytes.fromhex("143DC40C08C8E891FBED7DEDB92B64AD")
NONCE = bytes.fromhex("2923BE84E16CD6AE529049F1F1BBE9EB")
TERMINAL_NONCE = bytes.fromhex("5DD4CBFC96F5453B130D890A1CDBAE32")
PSEUDO_RANDOM = bytes.fromhex(
    "E4447E2DFB3586BAC05DDB00156B57FBB2179A3949294C97254189800C517BAA8DA0FF397ED8C445D3E421E4FEB57322"
)
FIELD_NUMBER = 0xA2F8FF2DF50E52C6599F386ADCB595D229F6A167ADE2BE5F2C3296ADD5B7430E
GENERATOR = bytes.fromhex(
    "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
    "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD"
)
CHIP_AGREEMENT = 0x107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A
CHIP_AGREEMENT_POINT = bytes.fromhex(
    "0467F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8"
    "932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D22753"
)
AGREEMENT = 0xA73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595
AGREEMENT_POINT = bytes.fromhex(
    "0489CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D4"
    "6755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C37"
)
SECRET = bytes.fromhex("4F150FDE1D4F0E38E95017B891BAE17133A0DF45B0D3E18B60BA7BEAFDC2C713")
ENCRYPTION_KEY = bytes.fromhex("0D3FEB33251A6370893D62AE8DAAF51B")
MAC_KEY = bytes.fromhex("B01E89E3D9E8719E586B50B4A7506E0B")
TERMINAL_TOKEN = bytes.fromhex("450F02B86F6A0909")
CHIP_TOKEN = bytes.fromhex("75D4D96E8D5B0308")


def test_the_variant_is_read_from_card_access() -> None:
    assert VARIANT.protocol is AccessProtocol.PACE_INTEGRATED


def test_the_password_opens_the_nonce() -> None:
    assert decrypt(Cipher.AES_128, PASSWORD_KEY, bytes(16), HIDDEN_NONCE) == NONCE


def test_the_pseudo_random_function_gives_the_published_bits() -> None:
    assert pace_im.nonce_size(Cipher.AES_128) == len(NONCE)
    drawn = pace_im.pseudo_random(Cipher.AES_128, CURVE, NONCE, TERMINAL_NONCE)
    assert drawn == PSEUDO_RANDOM
    assert int.from_bytes(drawn, "big") % CURVE.prime == FIELD_NUMBER


def test_the_point_encoding_gives_the_published_generator() -> None:
    assert pace_im.encode_point(CURVE, FIELD_NUMBER) == GENERATOR
    assert pace_im.map_nonce(CURVE, Cipher.AES_128, NONCE, TERMINAL_NONCE) == GENERATOR


def test_both_keys_lie_on_the_mapped_generator() -> None:
    assert curves.multiply(CURVE, GENERATOR, AGREEMENT) == AGREEMENT_POINT
    assert curves.multiply(CURVE, GENERATOR, CHIP_AGREEMENT) == CHIP_AGREEMENT_POINT


def test_the_secret_gives_the_published_keys_and_tokens() -> None:
    assert curves.shared_x(CURVE, AGREEMENT, CHIP_AGREEMENT_POINT) == SECRET
    keys = derive_session_keys(SECRET, Cipher.AES_128)
    assert (keys.encryption, keys.mac) == (ENCRYPTION_KEY, MAC_KEY)
    terminal, chip = (
        pace_steps.authentication_token(Cipher.AES_128, keys.mac, OID, point)
        for point in (CHIP_AGREEMENT_POINT, AGREEMENT_POINT)
    )
    assert (terminal, chip) == (TERMINAL_TOKEN, CHIP_TOKEN)


def test_the_run_from_the_nonce_sends_the_published_commands() -> None:
    secrets = pace_steps.PaceSecrets(1, TERMINAL_NONCE, AGREEMENT)
    mapped, command = pace.begin(VARIANT, NONCE, secrets)
    assert command.encode().hex().upper() == f"10860000147C128110{TERMINAL_NONCE.hex().upper()}00"
    agreed, command = mapped.answered(parse_response(bytes.fromhex("7C0282009000")))
    assert command.encode() == bytes.fromhex(f"10860000457C438341{AGREEMENT_POINT.hex()}00")
    answer = bytes.fromhex(f"7C438441{CHIP_AGREEMENT_POINT.hex()}9000")
    confirming, command = agreed.answered(parse_response(answer))
    assert command.encode() == bytes.fromhex(f"008600000C7C0A8508{TERMINAL_TOKEN.hex()}00")
    done = confirming.answered(parse_response(bytes.fromhex(f"7C0A8608{CHIP_TOKEN.hex()}9000")))
    assert (done.channel.keys.mac, done.mapping_point, done.chip_data) == (MAC_KEY, b"", None)
