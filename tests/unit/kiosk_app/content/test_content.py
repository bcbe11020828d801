"""Notice board, life situations, search and loading of public content."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.content.life_situations import parse_life_situations
from kiosk_app.content.load import SAMPLE_DIRECTORY, load_content
from kiosk_app.content.model import ContentRefused
from kiosk_app.content.notice_board import parse_notice_board
from kiosk_app.content.search import fold, search

NOTICE: dict[str, Any] = {
    "iri": "https://liberec.example/1",
    "url": "https://liberec.example/1",
    "název": {"cs": "Rozpočet města"},
    "vyvěšení": {"typ": "Časový okamžik", "datum_a_čas": "2026-11-05T08:00:00+01:00"},
    "relevantní_do": {"typ": "Časový okamžik", "nespecifikovaný": True},
}
BOARD: dict[str, Any] = {
    "typ": "Úřední deska",
    "iri": "https://liberec.example/deska",
    "stránka": "https://liberec.example/deska",
    "provozovatel": {"ičo": "00262978"},
    "informace": [NOTICE],
}


def encode(value: object) -> bytes:
    return json.dumps(value).encode()


def test_sample_city_is_complete_bilingual_and_marked() -> None:
    content = load_content()
    assert content.problems == ()
    assert content.sample
    assert content.city == "Liberec"
    assert len(content.notices) >= 6
    assert len(content.situations) >= 6
    assert all(
        "VZOR" in notice.title.cs and "VZOR" in notice.reference for notice in content.notices
    )
    assert all(notice.title.en != notice.title.cs for notice in content.notices)
    for situation in content.situations:
        assert "nám. Dr. E. Beneše 1" in situation.where.cs
        assert situation.papers
        for text in (situation.title, situation.what, situation.who, situation.fee):
            assert text.cs != text.en


def test_minimal_board_is_read() -> None:
    board = parse_notice_board(encode(BOARD))
    (notice,) = board.notices
    assert board.office_id == "00262978"
    assert notice.title.cs == notice.title.en == "Rozpočet města"
    assert notice.posted == date(2026, 11, 5)
    assert (notice.relevant_until, notice.reference, notice.documents) == (None, "", ())


def test_absent_moments_and_a_single_document_are_read() -> None:
    notice = {**NOTICE, "dokument": {"název": {"cs": "Příloha"}}}
    del notice["vyvěšení"], notice["relevantní_do"]
    (read,) = parse_notice_board(encode({**BOARD, "informace": [notice]})).notices
    assert (read.posted, read.relevant_until) == (None, None)
    assert (read.documents[0].title, read.documents[0].url) == ("Příloha", "")


def test_a_board_without_notices_is_empty() -> None:
    assert parse_notice_board(encode({**BOARD, "informace": []})).notices == ()


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("obcansky prukaz", "obcansky-prukaz"),
        ("OBČANSKÝ", "obcansky-prukaz"),
        ("průk řid", "ridicsky-prukaz"),
        ("popelnice", "poplatek-za-odpad"),
        ("dog", "poplatek-za-psa"),
        ("pas", "cestovni-pas"),
    ],
)
def test_search_forgives_diacritics_and_takes_beginnings(query: str, slug: str) -> None:
    assert search(load_content(), query).situations[0].slug == slug


def test_search_finds_notices_by_reference_and_nothing_for_nonsense() -> None:
    content = load_content()
    assert [item.reference for item in search(content, "2026 0104").notices] == [
        "VZOR-EK/2026/0104"
    ]
    assert search(content, "zzzz").situations == ()
    assert len(search(content, " ").notices) == len(content.notices)


def test_title_outranks_keyword() -> None:
    content = load_content()
    last = replace(content.situations[-1], keywords=("Poplatek za psa",))
    turned = replace(content, situations=(last, *content.situations[:-1]))
    assert [item.slug for item in search(turned, "psa").situations] == [
        "poplatek-za-psa",
        last.slug,
    ]


def test_fold_knows_sharp_s_and_punctuation() -> None:
    assert fold("Größe-Žluť") == "grosse zlut"


def test_missing_directory_is_empty_content_with_reasons(tmp_path: Path) -> None:
    content = load_content(tmp_path)
    assert (content.notices, content.situations, content.as_of) == ((), (), None)
    assert len(content.problems) == 3


def test_a_bad_part_leaves_the_others_standing(tmp_path: Path) -> None:
    for source in SAMPLE_DIRECTORY.iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    (tmp_path / "notice_board.json").write_text('{"typ": "něco"}')
    content = load_content(tmp_path)
    assert content.notices == ()
    assert content.situations
    assert content.problems == ("notice_board.json.typ: not 'Úřední deska'.",)


def test_bad_facts_of_the_city_are_named(tmp_path: Path) -> None:
    (tmp_path / "city.json").write_text('{"as_of": "yesterday", "sample": "no"}')
    problems = load_content(tmp_path).problems
    assert "city.json.as_of: not a date (YYYY-MM-DD)." in problems
    assert "city.json.sample: neither true nor false." in problems


def test_two_situations_of_one_name_are_refused() -> None:
    sample = json.loads((SAMPLE_DIRECTORY / "life_situations.json").read_bytes())
    sample["situations"].append(deepcopy(sample["situations"][0]))
    with pytest.raises(ContentRefused, match="stands there twice"):
        parse_life_situations(encode(sample))


def test_situation_with_an_odd_slug_is_refused() -> None:
    sample = json.loads((SAMPLE_DIRECTORY / "life_situations.json").read_bytes())
    sample["situations"][0]["slug"] = "../etc"
    with pytest.raises(ContentRefused, match=r"situations\[0\].slug"):
        parse_life_situations(encode(sample))
