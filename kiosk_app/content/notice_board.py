"""The official notice board as the city publishes it, read into the model; it fetches nothing.

Source: Czech open formal norm "Úřední desky", 2021-07-20 (JSON-LD; the context is fixed by the
norm, so the document is read as plain JSON).
"""

from datetime import date
from typing import Final

from kiosk_app.content.model import ContentRefused, Notice, NoticeBoard, NoticeDocument
from kiosk_app.content.reading import Node, read_document

MOST_NOTICES: Final = 5000
MOST_DOCUMENTS: Final = 50
_TYPE: Final = "Úřední deska"
_MOMENT: Final = "Časový okamžik"
_OFFICE_ID_DIGITS: Final = 8


def parse_notice_board(data: bytes, name: str = "notice board") -> NoticeBoard:
    """The board of one office.

    Args:
        data: The JSON-LD document, at most 4 MiB.
        name: What to call the document in a refusal.

    Raises:
        ContentRefused: It is not a notice board of the norm; says where and why.
    """
    root = read_document(data, name)
    if root.fields.get("typ") != _TYPE:
        raise ContentRefused(f"{name}.typ: not {_TYPE!r}.")
    notices = tuple(_notice(node) for node in root.nodes("informace", MOST_NOTICES))
    _refuse_doubles(notices, name)
    return NoticeBoard(
        iri=root.url("iri"),
        page=root.url("stránka"),
        office_id=_office_id(root.node("provozovatel")),
        notices=notices,
    )


def _notice(node: Node) -> Notice:
    posted, until = _day(node, "vyvěšení"), _day(node, "relevantní_do")
    if posted is not None and until is not None and until < posted:
        raise ContentRefused(f"{node.where}.relevantní_do: before the day of posting.")
    return Notice(
        iri=node.url("iri"),
        title=node.bilingual("název"),
        url=node.url("url"),
        reference=node.text("číslo_jednací", required=False, limit=200),
        file_mark=node.text("spisová_značka", required=False, limit=200),
        posted=posted,
        relevant_until=until,
        documents=tuple(_document(item) for item in node.nodes("dokument", MOST_DOCUMENTS)),
    )


def _document(node: Node) -> NoticeDocument:
    return NoticeDocument(node.bilingual("název").cs, node.url("url", required=False))


def _day(node: Node, name: str) -> date | None:
    if name not in node.fields:
        return None
    moment = node.node(name)
    if moment.fields.get("typ") != _MOMENT:
        raise ContentRefused(f"{moment.where}.typ: not {_MOMENT!r}.")
    if moment.flag("nespecifikovaný"):
        return None
    day = moment.day("datum") or moment.day("datum_a_čas")
    if day is None:
        raise ContentRefused(f"{moment.where}: neither a date nor declared as unspecified.")
    return day


def _office_id(node: Node) -> str:
    """An IČO: eight digits, the last one checks the others (weights 8 to 2, modulo 11)."""
    number = node.text("ičo", limit=_OFFICE_ID_DIGITS)
    if len(number) != _OFFICE_ID_DIGITS or not (number.isascii() and number.isdigit()):
        raise ContentRefused(f"{node.where}.ičo: not eight digits.")
    weighted = sum(
        int(digit) * weight for digit, weight in zip(number, range(8, 1, -1), strict=False)
    )
    if (11 - weighted % 11) % 10 != int(number[-1]):
        raise ContentRefused(f"{node.where}.ičo: its check digit is wrong.")
    return number


def _refuse_doubles(notices: tuple[Notice, ...], name: str) -> None:
    seen: set[str] = set()
    for index, notice in enumerate(notices):
        if notice.iri in seen:
            raise ContentRefused(f"{name}.informace[{index}].iri: stands there twice.")
        seen.add(notice.iri)
