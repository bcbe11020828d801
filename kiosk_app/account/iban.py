"""Is a text an account number money can be sent to (IBAN, ISO 13616)? It knows no bank."""

import re

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_MODULUS = 97


def is_iban(text: str) -> bool:
    """True for an IBAN without spaces whose check digits are right (ISO 7064 MOD 97-10)."""
    if _SHAPE.fullmatch(text) is None:
        return False
    turned = text[4:] + text[:4]
    digits = "".join(str(int(character, 36)) for character in turned)
    return int(digits) % _MODULUS == 1
