"""Is a text the number of a Czech company (IČO)? It knows no register."""

import re

_SHAPE = re.compile(r"[0-9]{8}")
_WEIGHTS = range(8, 1, -1)
_MODULUS = 11


def is_ico(text: str) -> bool:
    """True for eight digits whose last one is the check digit of the others (modulo 11)."""
    if _SHAPE.fullmatch(text) is None:
        return False
    rest = sum(w * int(d) for w, d in zip(_WEIGHTS, text, strict=False)) % _MODULUS
    return int(text[-1]) == (_MODULUS - rest) % 10
