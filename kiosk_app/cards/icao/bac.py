"""Basic access control (ICAO Doc 9303 part 11 section 4.3), the terminal's side; reads no files."""

import hmac
from dataclasses import dataclass, field

from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_EXTERNAL_AUTHENTICATE,
    INS_GET_CHALLENGE,
    SW,
    Command,
    Send,
)
from kiosk_app.cards.icao.ciphers import code_of, decrypt, encrypt
from kiosk_app.cards.icao.passwords import MrzKey, bac_seed
from kiosk_app.cards.icao.secure_messaging import SecureChannel
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import SessionKeys, derive_session_keys

CHANCE_SIZE = 24
_CIPHER = Cipher.TRIPLE_DES
_NONCE, _KEY, _CODE = 8, 16, 8
_SIZE = 2 * _NONCE + _KEY
_HALF = _NONCE // 2
_IV = bytes(8)
_WRONG = {SW.AUTHENTICATION_FAILED, SW.SECURITY_STATUS_NOT_SATISFIED, SW.SM_OBJECTS_INCORRECT}


class BacError(ValueError):
    """The chip does not follow basic access control."""


class WrongKeyError(BacError):
    """The machine readable zone is another document's."""


@dataclass(frozen=True, slots=True)
class BacRun:
    """One run: the document's keys, and what both sides drew by chance.

    Attributes:
        keys: of the document, from its machine readable zone.
        challenge: the chip's eight bytes.
        nonce: the terminal's eight bytes.
        key: the terminal's sixteen bytes of key material.
    """

    keys: SessionKeys
    challenge: bytes
    nonce: bytes
    key: bytes = field(repr=False)

    def message(self) -> bytes:
        """Give the 40 bytes of EXTERNAL AUTHENTICATE."""
        plain = self.nonce + self.challenge + self.key
        hidden = encrypt(_CIPHER, self.keys.encryption, _IV, plain)
        return hidden + code_of(_CIPHER, self.keys.mac, hidden)

    def answered(self, answer: bytes) -> SecureChannel:
        """Check the chip's 40 bytes and give the channel.

        Raises:
            BacError: of another length, changed, or the answer to something else.
        """
        hidden, code = answer[:_SIZE], answer[_SIZE:]
        if len(answer) != _SIZE + _CODE:
            raise BacError("The chip's answer to the basic access is not 40 bytes.")
        if not hmac.compare_digest(code, code_of(_CIPHER, self.keys.mac, hidden)):
            raise BacError("The code of the chip's answer to the basic access is wrong.")
        plain = decrypt(_CIPHER, self.keys.encryption, _IV, hidden)
        if plain[: 2 * _NONCE] != self.challenge + self.nonce:
            raise BacError("The chip's answer to the basic access is that to another challenge.")
        theirs = plain[2 * _NONCE :]
        seed = bytes(a ^ b for a, b in zip(self.key, theirs, strict=True))
        counter = int.from_bytes(self.challenge[-_HALF:] + self.nonce[-_HALF:], "big")
        return SecureChannel(derive_session_keys(seed, _CIPHER), counter)


def document_keys(key: MrzKey) -> SessionKeys:
    """Derive the document's basic access keys.

    Raises:
        PasswordError: the fields cannot be those of a machine readable zone.
    """
    return derive_session_keys(bac_seed(key), _CIPHER)


def establish(send: Send, key: MrzKey, chance: bytes) -> SecureChannel:
    """Run basic access control in the selected travel document application.

    Args:
        send: sends one command and gives the answer.
        key: from the machine readable zone.
        chance: 24 random bytes, never used before.

    Raises:
        PasswordError: the key cannot be one.
        WrongKeyError: the chip has another one.
        BacError: the chip does not follow the protocol, or there are too few random bytes.
    """
    if len(chance) < CHANCE_SIZE:
        raise BacError("Basic access needs 24 random bytes.")
    keys = document_keys(key)
    challenge = send(Command(CLA_PLAIN, INS_GET_CHALLENGE, 0, 0, le=_NONCE))
    if not challenge.ok or len(challenge.data) != _NONCE:
        raise BacError(f"The chip gives no challenge (status {challenge.sw:04X}).")
    run = BacRun(keys, challenge.data, chance[:_NONCE], chance[_NONCE:CHANCE_SIZE])
    command = Command(CLA_PLAIN, INS_EXTERNAL_AUTHENTICATE, 0, 0, run.message(), _SIZE + _CODE)
    answer = send(command)
    if answer.sw in _WRONG or answer.sw >> 8 == SW.AUTHENTICATION_FAILED >> 8:
        raise WrongKeyError("The chip refuses the key of the machine readable zone.")
    if not answer.ok:
        raise BacError(f"The chip refuses basic access (status {answer.sw:04X}).")
    return run.answered(answer.data)
