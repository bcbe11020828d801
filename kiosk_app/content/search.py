"""Finds public content by words, forgiving diacritics and case; it ranks, it stores nothing."""

import unicodedata
from dataclasses import dataclass
from typing import Final, TypeVar

from kiosk_app.content.model import CityContent, LifeSituation, Notice

LONGEST_QUERY: Final = 100
_Item = TypeVar("_Item")
_IN_TITLE: Final = 0
_ELSEWHERE: Final = 1


@dataclass(frozen=True)
class Found:
    """What a query found, best first."""

    situations: tuple[LifeSituation, ...]
    notices: tuple[Notice, ...]


def search(content: CityContent, query: str) -> Found:
    """Everything in which each word of the query begins some word; all for an empty query."""
    words = fold(query[:LONGEST_QUERY]).split()
    situations = [(_rank(words, *_of_situation(item)), item) for item in content.situations]
    notices = [(_rank(words, *_of_notice(item)), item) for item in content.notices]
    return Found(
        tuple(item for _, item in sorted(_hits(situations), key=lambda hit: hit[0])),
        tuple(item for _, item in sorted(_hits(notices), key=lambda hit: hit[0])),
    )


def fold(text: str) -> str:
    """Lower case without diacritics: `Občanský průkaz` and `obcansky prukaz` are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in plain)


def _hits(ranked: list[tuple[int | None, _Item]]) -> list[tuple[int, _Item]]:
    return [(rank, item) for rank, item in ranked if rank is not None]


def _rank(words: list[str], title: str, rest: str) -> int | None:
    if _all_begin(words, fold(title).split()):
        return _IN_TITLE
    return _ELSEWHERE if _all_begin(words, fold(f"{title} {rest}").split()) else None


def _all_begin(words: list[str], among: list[str]) -> bool:
    return all(any(candidate.startswith(word) for candidate in among) for word in words)


def _of_situation(item: LifeSituation) -> tuple[str, str]:
    rest = (item.what.cs, item.what.en, *item.keywords)
    return f"{item.title.cs} {item.title.en}", " ".join(rest)


def _of_notice(item: Notice) -> tuple[str, str]:
    documents = " ".join(document.title for document in item.documents)
    return f"{item.title.cs} {item.title.en}", f"{item.reference} {item.file_mark} {documents}"
