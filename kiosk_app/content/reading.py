"""Reads fields of untrusted JSON with limits; knows no feed, and every refusal says where."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk_app.content.model import Bilingual, ContentRefused

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a document."""
LONGEST_TEXT: Final = 2000
LONGEST_URL: Final = 2048

_URL: Final = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
_INVISIBLE: Final = {"Cc", "Cf", "Co", "Cs", "Cn"}


@dataclass(frozen=True)
class Node:
    """One JSON object and where it stands, e.g. `notice_board.json: informace[3]`."""

    fields: dict[str, object]
    where: str

    def text(self, name: str, *, required: bool = True, limit: int = LONGEST_TEXT) -> str:
        """A text without invisible characters, with single spaces; empty if absent and allowed."""
        return _text(self.fields.get(name), f"{self.where}.{name}", limit, required=required)

    def bilingual(self, name: str) -> Bilingual:
        """A text in `cs`, with `en` where it is translated."""
        return as_bilingual(self.node(name))

    def url(self, name: str, *, required: bool = True) -> str:
        """An http or https address; empty if absent and allowed."""
        url = self.text(name, required=required, limit=LONGEST_URL)
        if url and not _URL.fullmatch(url):
            raise ContentRefused(f"{self.where}.{name}: not an http or https address.")
        return url

    def day(self, name: str) -> date | None:
        """A date, ISO 8601; the day of a date with time; None if absent."""
        value = self.text(name, required=False, limit=40)
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError as error:
            raise ContentRefused(f"{self.where}.{name}: not a date (YYYY-MM-DD).") from error

    def flag(self, name: str) -> bool:
        """A truth value; False if absent."""
        value = self.fields.get(name, False)
        if not isinstance(value, bool):
            raise ContentRefused(f"{self.where}.{name}: neither true nor false.")
        return value

    def node(self, name: str) -> "Node":
        """A nested object."""
        return _node(self.fields.get(name), f"{self.where}.{name}")

    def nodes(self, name: str, limit: int) -> tuple["Node", ...]:
        """A list of objects; a single object counts as a list of one, absence as an empty one."""
        return tuple(_node(value, where) for value, where in self._list(name, limit))

    def texts(self, name: str, limit: int) -> tuple[str, ...]:
        """A list of texts."""
        items = self._list(name, limit)
        return tuple(_text(value, where, LONGEST_TEXT, required=True) for value, where in items)

    def _list(self, name: str, limit: int) -> list[tuple[object, str]]:
        value = self.fields.get(name, [])
        values = value if isinstance(value, list) else [value]
        if len(values) > limit:
            raise ContentRefused(f"{self.where}.{name}: over {limit} entries.")
        return [(item, f"{self.where}.{name}[{index}]") for index, item in enumerate(values)]


def as_bilingual(node: Node) -> Bilingual:
    """The two languages of an object `{cs, en}`; without English, Czech stands for both."""
    czech = node.text("cs")
    return Bilingual(czech, node.text("en", required=False) or czech)


def read_document(data: bytes, name: str) -> Node:
    """The outermost object of a JSON document.

    Raises:
        ContentRefused: Too large, not UTF-8 JSON, nested too deeply, or no object.
    """
    if len(data) > LARGEST:
        raise ContentRefused(f"{name}: over {LARGEST} bytes.")
    try:
        return _node(json.loads(data.decode("utf-8-sig")), name)
    except RecursionError as error:
        raise ContentRefused(f"{name}: nested too deeply.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ContentRefused(f"{name}: not JSON in UTF-8.") from error
    except ContentRefused:
        raise
    except ValueError as error:  # a number with thousands of digits
        raise ContentRefused(f"{name}: holds an impossible number.") from error


def _node(value: object, where: str) -> Node:
    if not isinstance(value, dict):
        raise ContentRefused(f"{where}: not an object.")
    return Node(value, where)


def _text(value: object, where: str, limit: int, *, required: bool) -> str:
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise ContentRefused(f"{where}: not a text.")
    if len(value) > limit:
        raise ContentRefused(f"{where}: over {limit} characters.")
    spaced = " ".join(value.split())
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in _INVISIBLE)
    if required and not visible:
        raise ContentRefused(f"{where}: empty.")
    return visible
