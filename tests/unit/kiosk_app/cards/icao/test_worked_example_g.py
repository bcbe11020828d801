"""The worked example of ICAO Doc 9303 part 11 appendix G.1: PACE, ECDH, generic mapping."""

from kiosk_app.cards.icao import curves, pace, pace_gm, pace_steps
from kiosk_app.cards.icao.access import AccessProtocol, choose_pace
from kiosk_app.cards.icao.ciphers import decrypt
from kiosk_app.cards.icao.passwords import MrzKey, mrz_information, pace_secret
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import derive_password_key, derive_session_keys
from tests.unit.kiosk_app.cards.icao.script import Script

VARIANT = choose_pace(bytes.fromhex("31143012060A04007F0007020204020202010202010D"))
CURVE = VARIANT.curve
MRZ = MrzKey("T22000129", "640812", "101031")
OID = bytes.fromhex("04007F00070202040202")
MRZ_SEED = bytes.fromhex("7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD")
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
GENERATOR = bytes.fromhex(
    "048CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2"
    "8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522"
)
SHARED_POINT = bytes.fromhex(
    "0460332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5"
    "0840CA7415BAF3E43BD414D35AA4608B93A2CAF3A4E3EA4E82C9C13D03EB7181"
)
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


def test_the_variant_is_read_from_card_access() -> None:
    assert VARIANT.protocol is AccessProtocol.PACE_GENERIC
    assert (VARIANT.info.cipher, CURVE.parameter_id) == (Cipher.AES_128, 13)


def test_the_password_opens_the_nonce() -> None:
    assert mrz_information(MRZ) == "T22000129364081251010318"
    assert pace_secret(MRZ) == MRZ_SEED
    key = derive_password_key(MRZ_SEED, Cipher.AES_128)
    assert key == PASSWORD_KEY
    assert decrypt(Cipher.AES_128, key, bytes(16), HIDDEN_NONCE) == NONCE


def test_generic_mapping_gives_the_published_generator() -> None:
    assert curves.public_point(CURVE, MAPPING) == MAPPING_POINT
    assert curves.multiply(CURVE, CHIP_MAPPING_POINT, MAPPING) == SHARED_POINT
    generator = pace_gm.map_nonce(CURVE, NONCE, MAPPING, CHIP_MAPPING_POINT)
    assert generator == GENERATOR
    assert curves.multiply(CURVE, generator, AGREEMENT) == AGREEMENT_POINT
    at_once = pace_gm.map_nonce(CURVE, NONCE, MAPPING, CHIP_MAPPING_POINT, AGREEMENT)
    assert at_once == AGREEMENT_POINT


def test_the_secret_gives_the_published_keys_and_tokens() -> None:
    secret = curves.shared_x(CURVE, AGREEMENT, CHIP_AGREEMENT_POINT)
    assert secret == SECRET
    keys = derive_session_keys(secret, Cipher.AES_128)
    assert (keys.encryption, keys.mac) == (ENCRYPTION_KEY, MAC_KEY)
    terminal, chip = (
        pace_steps.authentication_token(Cipher.AES_128, keys.mac, OID, point)
        for point in (CHIP_AGREEMENT_POINT, AGREEMENT_POINT)
    )
    assert (terminal, chip) == (TERMINAL_TOKEN, CHIP_TOKEN)


def test_the_whole_run_sends_the_published_commands() -> None:
    script = Script(
        ("0022C1A40F800A04007F00070202040202830101", "9000"),
        ("10860000027C0000", f"7C128010{HIDDEN_NONCE.hex()}9000"),
        (f"10860000457C438141{MAPPING_POINT.hex()}00", f"7C438241{CHIP_MAPPING_POINT.hex()}9000"),
        (
            f"10860000457C438341{AGREEMENT_POINT.hex()}00",
            f"7C438441{CHIP_AGREEMENT_POINT.hex()}9000",
        ),
        (f"008600000C7C0A8508{TERMINAL_TOKEN.hex()}00", f"7C0A8608{CHIP_TOKEN.hex()}9000"),
    )
    secrets = pace_steps.PaceSecrets(MAPPING, b"", AGREEMENT)
    done = pace.establish(script.send, VARIANT, MRZ, secrets)
    script.check_done()
    assert (done.channel.keys.encryption, done.channel.keys.mac) == (ENCRYPTION_KEY, MAC_KEY)
    assert (done.channel.counter, done.mapping_point) == (0, CHIP_MAPPING_POINT)
    assert done.chip_data is None
