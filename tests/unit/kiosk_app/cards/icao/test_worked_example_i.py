"""The worked example of ICAO Doc 9303 part 11 appendix I.1: PACE, chip authentication mapping."""

import pytest

from kiosk_app.cards.icao import curves, pace, pace_cam, pace_gm, pace_steps
from kiosk_app.cards.icao.access import AccessProtocol, choose_pace, choose_pace_cam
from kiosk_app.cards.icao.ciphers import decrypt, encrypt
from kiosk_app.cards.icao.passwords import MrzKey, mrz_information, pace_secret
from kiosk_app.cards.icao.security_infos import Cipher, parse_security_infos
from kiosk_app.cards.icao.session_keys import derive_password_key, derive_session_keys
from tests.unit.kiosk_app.cards.icao.script import Script

CARD_ACCESS = bytes.fromhex("31143012060A04007F0007020204060202010202010D")
VARIANT = choose_pace(CARD_ACCESS)
CURVE = VARIANT.curve
OID = bytes.fromhex("04007F00070202040602")
MRZ = MrzKey("C11T002JM", "960812", "231031")
MRZ_SEED = bytes.fromhex("894D03F148C6265E89845B218856EA34D00EF8E8")
PASSWORD_KEY = bytes.fromhex("4E6F6FBF7BE748B932C7B74161BBA9DF")
HIDDEN_NONCE = bytes.fromhex("CB60E8E0D85B76A9BD304747C2AD42E2")
NONCE = bytes.fromhex("658B860BC94DF6F044FCE6D5C82CF8E5")
MAPPING = 0x5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC
MAPPING_POINT = bytes.fromhex(
    "047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
    "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C1"
)
CHIP_MAPPING = 0x9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA
CHIP_MAPPING_POINT = bytes.fromhex(
    "04A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
    "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23"
)
SHARED_POINT = bytes.fromhex(
    "042C1DCC1773346492C6636A36EE4B965E292E9AAE7EE37736EF58B9D0A043F348"
    "403A8CF33CA7DC0D9DF61D0889CE24424FF97C1AAD48A5CA2A554B071EF7638D"
)
GENERATOR = bytes.fromhex(
    "0489F0B5EABF3BE293C75903A3986131925C9F5B515CA95AF485DC7E886F03245D"
    "44BEFB2DD3A0DBD71CB5E618971CF4747F12B79E548379A40E45963BAAF3E829"
)
AGREEMENT = 0x76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120
AGREEMENT_POINT = bytes.fromhex(
    "04446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F95"
    "5483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC"
)
CHIP_AGREEMENT = 0xCD626EF3C256E235FE8912CAC28279E626008EDA6B3A05C4CF862A3BDAB79E78
CHIP_AGREEMENT_POINT = bytes.fromhex(
    "0402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA9933331"
    "11C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E1"
)
SECRET = bytes.fromhex("67950559D0C06B4D4B86972D14460837461087F8419FDBC36AAF6CEAAC462832")
ENCRYPTION_KEY = bytes.fromhex("0A9DA4DB03BDDE39FC5202BC44B2E89E")
MAC_KEY = bytes.fromhex("4B1C06491ED5140CA2B537D344C6C0B1")
TERMINAL_TOKEN = bytes.fromhex("E86BD06018A1CD3B")
CHIP_TOKEN = bytes.fromhex("8596CF055C67C1A3")
HIDDEN_DATA = bytes.fromhex(
    "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F92"
)
CHIP_DATA = bytes.fromhex("85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3")
DATA_IV = bytes.fromhex("F6A3B75A1E933941DD7A13E2520779DF")
STATIC_POINT = bytes.fromhex(
    "041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
    "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F"
)
STATIC_INFO = bytes.fromhex(
    "3062060904007F0007020201023052300C060704007F0007010202010D034200"
    "041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
    "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F02010D"
)


def test_the_variant_is_read_from_card_access() -> None:
    assert VARIANT.protocol is AccessProtocol.PACE_CHIP_AUTHENTICATION
    assert choose_pace_cam(CARD_ACCESS) == VARIANT


def test_the_password_opens_the_nonce() -> None:
    assert mrz_information(MRZ) == "C11T002JM496081222310314"
    assert pace_secret(MRZ) == MRZ_SEED
    assert derive_password_key(MRZ_SEED, Cipher.AES_128) == PASSWORD_KEY
    assert decrypt(Cipher.AES_128, PASSWORD_KEY, bytes(16), HIDDEN_NONCE) == NONCE


def test_the_mapping_gives_the_published_generator() -> None:
    assert curves.public_point(CURVE, MAPPING) == MAPPING_POINT
    assert curves.public_point(CURVE, CHIP_MAPPING) == CHIP_MAPPING_POINT
    assert curves.multiply(CURVE, CHIP_MAPPING_POINT, MAPPING) == SHARED_POINT
    assert pace_gm.map_nonce(CURVE, NONCE, MAPPING, CHIP_MAPPING_POINT) == GENERATOR
    assert pace_gm.map_nonce(CURVE, NONCE, CHIP_MAPPING, MAPPING_POINT) == GENERATOR


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


def test_the_whole_run_sends_the_published_commands() -> None:
    script = Script(
        ("0022C1A40F800A04007F00070202040602830101", "9000"),
        ("10860000027C0000", f"7C128010{HIDDEN_NONCE.hex()}9000"),
        (f"10860000457C438141{MAPPING_POINT.hex()}00", f"7C438241{CHIP_MAPPING_POINT.hex()}9000"),
        (
            f"10860000457C438341{AGREEMENT_POINT.hex()}00",
            f"7C438441{CHIP_AGREEMENT_POINT.hex()}9000",
        ),
        (
            f"008600000C7C0A8508{TERMINAL_TOKEN.hex()}00",
            f"7C3C8608{CHIP_TOKEN.hex()}8A30{HIDDEN_DATA.hex()}9000",
        ),
    )
    secrets = pace_steps.PaceSecrets(MAPPING, b"", AGREEMENT)
    done = pace.establish(script.send, VARIANT, MRZ, secrets)
    script.check_done()
    assert (done.channel.keys.encryption, done.channel.keys.mac) == (ENCRYPTION_KEY, MAC_KEY)
    assert (done.mapping_point, done.chip_data) == (CHIP_MAPPING_POINT, HIDDEN_DATA)


def test_the_chips_data_open_with_the_published_vector() -> None:
    keys = derive_session_keys(SECRET, Cipher.AES_128)
    iv = encrypt(Cipher.AES_128, keys.encryption, bytes(16), b"\xff" * 16)
    assert iv == DATA_IV
    assert pace_cam.open_chip_data(keys, HIDDEN_DATA, CURVE.order_size) == CHIP_DATA


def test_the_static_key_proves_the_mapping_key() -> None:
    keys = derive_session_keys(SECRET, Cipher.AES_128)
    infos = parse_security_infos(b"\x31" + bytes((len(STATIC_INFO),)) + STATIC_INFO)
    assert pace_cam.static_point(CURVE, infos) == STATIC_POINT
    pace_cam.check(CURVE, keys, HIDDEN_DATA, STATIC_POINT, CHIP_MAPPING_POINT)


def test_another_key_proves_nothing() -> None:
    keys = derive_session_keys(SECRET, Cipher.AES_128)
    for static, mapping in (
        (MAPPING_POINT, CHIP_MAPPING_POINT),
        (STATIC_POINT, MAPPING_POINT),
    ):
        with pytest.raises(pace_cam.ChipDataError, match="not made with its static key"):
            pace_cam.check(CURVE, keys, HIDDEN_DATA, static, mapping)
