"""Which code page of a printer can print a text; it sends nothing.

A profile without a Czech page prints "?" for the letters it lacks and says nothing about it: such a
profile is refused, and a text that no page carries is printed as a picture instead.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CZECH_PAGES: Final = {"CP852": "cp852", "CP1250": "cp1250", "ISO_8859-2": "iso8859_2"}
"""Name in the printer profiles -> Python codec, best first."""

_ALPHABET: Final = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
_PLAIN: Final = {
    0x00A0: " ",
    0x2013: "-",  # en dash
    0x2014: "-",  # em dash
    0x2018: "'",
    0x2019: "'",
    0x201A: "'",
    0x201C: '"',
    0x201D: '"',
    0x201E: '"',
    0x2022: "*",  # bullet
    0x2026: "...",
    0x2500: "-",  # box drawing
    0x2550: "=",
}


@dataclass(frozen=True)
class Encoded:
    """Bytes of a text in the code page of that name."""

    page: str
    data: bytes


def czech_pages(offered: Iterable[str]) -> tuple[str, ...]:
    """The offered pages that carry the whole Czech alphabet, best first; empty if none does."""
    names = set(offered)
    return tuple(
        page
        for page, codec in CZECH_PAGES.items()
        if page in names and _encode(_ALPHABET, codec) is not None
    )


def encode(text: str, pages: tuple[str, ...]) -> Encoded | None:
    """The text in the first page that carries all of it; None when it must become a picture.

    Quotation marks, dashes and rules are replaced by plain ones before a picture is resorted to.
    """
    text = unicodedata.normalize("NFC", text)
    for candidate in (text, text.translate(_PLAIN)):
        for page in pages:
            data = _encode(candidate, CZECH_PAGES[page])
            if data is not None:
                return Encoded(page, data)
    return None


def _encode(text: str, codec: str) -> bytes | None:
    if not text.isprintable():
        return None
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None
