"""QR Platba: a payment as the SPAYD 1.0 string that Czech banking apps scan; it draws no picture.

Source: Czech Banking Association, standard "Formát pro sdílení platebních údajů v rámci tuzemského
platebního styku v CZK prostřednictvím QR kódů" (Short Payment Descriptor 1.0).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NewType

Iban = NewType("Iban", str)
Spayd = NewType("Spayd", str)

AMOUNT_LIMIT: Final = Decimal("9999999.99")
"""AM holds at most ten characters with two decimals."""
MESSAGE_LIMIT: Final = 60
SYMBOL_LIMIT: Final = 10

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_DIGITS: Final = re.compile(r"[0-9]*")
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_ACCOUNT: Final = re.compile(r"(?:([0-9]{1,6})-)?([0-9]{2,10})/([0-9]{4})")
_QR_ALPHANUMERIC: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $+-./:")
_WEIGHTS: Final = (6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
_TYPOGRAPHY: Final = {
    0x2013: "-",  # en dash
    0x2014: "-",  # em dash
    0x2018: "'",
    0x2019: "'",
    0x201A: "'",
    0x201C: '"',
    0x201D: '"',
    0x201E: '"',
}


class PaymentRefused(ValueError):  # noqa: N818 - the sentence reads "payment refused: …"
    """The payment data cannot be a QR Platba; the message names the field and why."""


@dataclass(frozen=True)
class Payment:
    """What a QR Platba says.

    Attributes:
        account: Checked IBAN of the receiver.
        amount: Positive, at most two decimals.
        variable_symbol: Up to ten digits or empty, as the other two symbols.
        due: Date of payment.
        message: For the receiver; written without diacritics, shortened to 60 characters.
    """

    account: Iban
    amount: Decimal
    variable_symbol: str = ""
    specific_symbol: str = ""
    constant_symbol: str = ""
    due: date | None = None
    message: str = ""
    currency: str = "CZK"

    def __post_init__(self) -> None:
        """Refuse what the format cannot carry."""
        check_iban(self.account)
        if not self.amount.is_finite() or not 0 < self.amount <= AMOUNT_LIMIT:
            raise PaymentRefused(f"AM: the amount must be over 0 and at most {AMOUNT_LIMIT}.")
        if self.amount != self.amount.quantize(Decimal("0.01")):
            raise PaymentRefused("AM: the amount has more than two decimals.")
        if not _CURRENCY.fullmatch(self.currency):
            raise PaymentRefused("CC: the currency is not three capital letters (ISO 4217).")
        _check_symbol("X-VS", self.variable_symbol)
        _check_symbol("X-SS", self.specific_symbol)
        _check_symbol("X-KS", self.constant_symbol)


def spayd(payment: Payment) -> Spayd:
    """The SPAYD string, in the QR alphanumeric mode's characters so that the code stays small."""
    fields = (
        ("ACC", payment.account),
        ("AM", f"{payment.amount:.2f}"),
        ("CC", payment.currency),
        ("DT", payment.due.strftime("%Y%m%d") if payment.due else ""),
        ("MSG", encode_message(payment.message)),
        ("X-VS", payment.variable_symbol),
        ("X-SS", payment.specific_symbol),
        ("X-KS", payment.constant_symbol),
    )
    return Spayd("SPD*1.0*" + "*".join(f"{key}:{value}" for key, value in fields if value))


def encode_message(text: str) -> str:
    """MSG: upper case, diacritics removed, the rest percent-encoded, cut at 60 characters."""
    encoded = ""
    for character in " ".join(without_diacritics(text).upper().split()):
        piece = _encode_character(character)
        if len(encoded) + len(piece) > MESSAGE_LIMIT:
            break
        encoded += piece
    return encoded.strip()


def without_diacritics(text: str) -> str:
    """The text with every letter reduced to its ASCII one; typographic marks become plain ones."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def check_iban(text: str) -> Iban:
    """The IBAN without spaces (ISO 13616: structure and check digits modulo 97).

    Raises:
        PaymentRefused: It is not an IBAN.
    """
    iban = text.replace(" ", "").upper()
    if not _IBAN.fullmatch(iban):
        raise PaymentRefused("ACC: the account is not written as an IBAN.")
    if iban.startswith("CZ") and not re.fullmatch(r"CZ[0-9]{22}", iban):
        raise PaymentRefused("ACC: a Czech IBAN has 24 characters, CZ and 22 digits.")
    if _modulo_97(iban[4:] + iban[:4]) != 1:
        raise PaymentRefused("ACC: the check digits of the IBAN are wrong.")
    return Iban(iban)


def iban_from_czech_account(text: str) -> Iban:
    """The IBAN of an account written `prefix-number/bank` or `number/bank`.

    Both parts carry a weighted sum divisible by 11 (decree of the Czech National Bank
    no. 169/2011 Sb.); the IBAN is CZ, check digits, bank 4, prefix 6 and number 10 digits.

    Raises:
        PaymentRefused: It is not a Czech account number.
    """
    match = _ACCOUNT.fullmatch(text.strip())
    if match is None:
        raise PaymentRefused("ACC: the account is not written as prefix-number/bank.")
    prefix, number, bank = (match[1] or "").zfill(10), match[2].zfill(10), match[3]
    if _weighted(prefix) % 11:
        raise PaymentRefused("ACC: the prefix of the account fails its check (modulo 11).")
    if _weighted(number) % 11 or len(number.replace("0", "")) < 2:  # noqa: PLR2004 - the decree's
        raise PaymentRefused("ACC: the number of the account fails its check (modulo 11).")
    bban = bank + prefix[4:] + number
    return Iban(f"CZ{98 - _modulo_97(bban + 'CZ00'):02d}{bban}")


def czech_account_from_iban(iban: Iban) -> str | None:
    """The account as `prefix-number/bank`; None for an account outside Czechia."""
    if not iban.startswith("CZ"):
        return None
    bank, prefix, number = iban[4:8], iban[8:14].lstrip("0"), iban[14:].lstrip("0")
    return f"{prefix}-{number}/{bank}" if prefix else f"{number}/{bank}"


def iban_in_groups(iban: Iban) -> str:
    """The IBAN in groups of four, the paper form of ISO 13616."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _encode_character(character: str) -> str:
    if character in _QR_ALPHANUMERIC:
        return character
    if " " < character <= "~":
        return f"%{ord(character):02X}"
    return ""


def _check_symbol(field: str, value: str) -> None:
    if not _DIGITS.fullmatch(value) or len(value) > SYMBOL_LIMIT:
        raise PaymentRefused(f"{field}: the symbol is not up to ten digits.")


def _modulo_97(text: str) -> int:
    return int("".join(str(int(character, 36)) for character in text)) % 97


def _weighted(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
