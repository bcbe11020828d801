"""The worked example of ICAO Doc 9303 part 11 appendix D: basic access and secure messaging."""

import hashlib

from kiosk_app.cards.apdu import parse_response
from kiosk_app.cards.icao import bac, files
from kiosk_app.cards.icao.ciphers import code_of, code_of_padded, decrypt, encrypt, pad
from kiosk_app.cards.icao.passwords import MrzKey, bac_seed, mrz_information
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import SessionKeys, derive_session_keys
from kiosk_app.cards.mrz import check_digit
from tests.unit.kiosk_app.cards.icao.script import Script

DES3 = Cipher.TRIPLE_DES
MRZ = MrzKey("L898902C", "690806", "940623")
SEED = bytes.fromhex("239AB9CB282DAF66231DC5A4DF6BFBAE")
DOCUMENT_ENCRYPTION = bytes.fromhex("AB94FDECF2674FDFB9B391F85D7F76F2")
DOCUMENT_MAC = bytes.fromhex("7962D9ECE03D1ACD4C76089DCE131543")
CHALLENGE = bytes.fromhex("4608F91988702212")
NONCE = bytes.fromhex("781723860C06C226")
KEY = bytes.fromhex("0B795240CB7049B01C19B33E32804F0B")
MESSAGE = bytes.fromhex("781723860C06C2264608F919887022120B795240CB7049B01C19B33E32804F0B")
HIDDEN = bytes.fromhex("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2")
CODE = bytes.fromhex("5F1448EEA8AD90A7")
CHIP_KEY = bytes.fromhex("0B4F80323EB3191CB04970CB4052790B")
CHIP_MESSAGE = CHALLENGE + NONCE + CHIP_KEY
CHIP_HIDDEN = bytes.fromhex("46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F")
CHIP_CODE = bytes.fromhex("2F2D235D074D7449")
SESSION_SEED = bytes.fromhex("0036D272F5C350ACAC50C3F572D23600")
ENCRYPTION_KEY = bytes.fromhex("979EC13B1CBFE9DCD01AB0FED307EAE5")
MAC_KEY = bytes.fromhex("F1CB1F1FB5ADF208806B89DC579DC1F8")
COUNTER = 0x887022120C06C226


def test_the_document_keys_come_from_the_printed_fields() -> None:
    assert [check_digit(part) for part in ("L898902C<", "690806", "940623")] == ["3", "1", "6"]
    information = mrz_information(MRZ)
    assert information == "L898902C<369080619406236"
    digest = hashlib.sha1(information.encode(), usedforsecurity=False).hexdigest()
    assert digest.upper() == "239AB9CB282DAF66231DC5A4DF6BFBAEDF477565"
    assert bac_seed(MRZ) == SEED
    assert bac.document_keys(MRZ) == SessionKeys(DES3, DOCUMENT_ENCRYPTION, DOCUMENT_MAC)


def test_a_long_document_number_is_taken_whole() -> None:
    assert check_digit("D23145890734") == "9"
    assert mrz_information(MrzKey("D23145890734", "340712", "950712")) == (
        "D23145890734934071279507122"
    )


def test_the_terminals_message() -> None:
    assert encrypt(DES3, DOCUMENT_ENCRYPTION, bytes(8), MESSAGE) == HIDDEN
    assert code_of(DES3, DOCUMENT_MAC, HIDDEN) == CODE
    run = bac.BacRun(bac.document_keys(MRZ), CHALLENGE, NONCE, KEY)
    assert run.message() == HIDDEN + CODE


def test_the_chips_answer() -> None:
    assert decrypt(DES3, DOCUMENT_ENCRYPTION, bytes(8), CHIP_HIDDEN) == CHIP_MESSAGE
    assert code_of(DES3, DOCUMENT_MAC, CHIP_HIDDEN) == CHIP_CODE
    assert bytes(a ^ b for a, b in zip(KEY, CHIP_KEY, strict=True)) == SESSION_SEED
    keys = derive_session_keys(SESSION_SEED, DES3)
    assert (keys.encryption, keys.mac) == (ENCRYPTION_KEY, MAC_KEY)


def test_the_whole_run_sends_the_published_commands() -> None:
    script = Script(
        ("0084000008", f"{CHALLENGE.hex()}9000"),
        (
            f"0082000028{HIDDEN.hex()}{CODE.hex()}28",
            f"{CHIP_HIDDEN.hex()}{CHIP_CODE.hex()}9000",
        ),
    )
    channel = bac.establish(script.send, MRZ, NONCE + KEY)
    script.check_done()
    assert channel == SecureChannel(SessionKeys(DES3, ENCRYPTION_KEY, MAC_KEY), COUNTER)


def test_the_code_of_the_first_protected_command() -> None:
    header = pad(DES3, bytes.fromhex("0CA4020C"))
    assert header.hex() == "0ca4020c80000000"
    hidden = encrypt(DES3, ENCRYPTION_KEY, bytes(8), bytes.fromhex("011E800000000000"))
    assert hidden.hex().upper() == "6375432908C044F6"
    covered = bytes.fromhex("887022120C06C227") + header + bytes.fromhex("8709016375432908C044F6")
    assert code_of_padded(DES3, MAC_KEY, pad(DES3, covered)).hex().upper() == "BF8B92D635FF24F8"


def test_a_file_read_through_the_channel() -> None:
    channel = SecureChannel(SessionKeys(DES3, ENCRYPTION_KEY, MAC_KEY), COUNTER)
    common = files.ElementaryFile("EF.COM", 0x011E, 0x60, 100)
    exchanges = (
        (
            files.select_file(common),
            "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
            "990290008E08FA855A5D4C50A8ED9000",
            "",
        ),
        (
            files.read_binary(0, 4),
            "0CB000000D9701048E08ED6705417E96BA5500",
            "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
            "60145F01",
        ),
        (
            files.read_binary(4, 18),
            "0CB000040D9701128E082EA28A70F3C7B53500",
            "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
            "04303130365F36063034303030305C026175",
        ),
    )
    for command, sent, answer, data in exchanges:
        channel, protected = channel.protect(command)
        assert protected.encode().hex().upper() == sent
        channel, response = channel.open(parse_response(bytes.fromhex(answer)))
        assert (response.data.hex().upper(), response.sw) == (data, 0x9000)
    assert channel.counter == COUNTER + 6
