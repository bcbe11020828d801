"""Hostile notice boards: each is refused with one sentence that says where, nothing is kept."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.content.life_situations import parse_life_situations
from kiosk_app.content.load import SAMPLE_DIRECTORY
from kiosk_app.content.model import ContentRefused
from kiosk_app.content.notice_board import parse_notice_board

BOARD = json.loads((SAMPLE_DIRECTORY / "notice_board.json").read_bytes())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=20,
)


def with_notice(**changes: object) -> bytes:
    board = deepcopy(BOARD)
    board["informace"][2] |= changes
    return json.dumps(board).encode()


def with_board(**changes: object) -> bytes:
    return json.dumps({**BOARD, **changes}).encode()


MOMENT = {"typ": "Časový okamžik"}
ATTACKS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not JSON"),
    "not UTF-8": (b"\xff\xfe{}", "not JSON"),
    "a list": (b"[]", "not an object"),
    "cut off": (json.dumps(BOARD).encode()[:-5], "not JSON"),
    "nested without end": (b'{"a":' + b"[" * 200_000, "nested too deeply"),
    "number of a million digits": (b'{"a":' + b"9" * 1_000_000 + b"}", "impossible number"),
    "endless": (b" " * (4 * 1024 * 1024 + 1), "over 4194304 bytes"),
    "other type": (with_board(typ="Událost"), "typ: not"),
    "notices that are a text": (with_board(informace="x"), r"informace\[0\]: not an object"),
    "too many notices": (with_board(informace=[{}] * 5001), "over 5000 entries"),
    "no operator": (with_board(provozovatel=None), "provozovatel: not an object"),
    "operator with letters": (with_board(provozovatel={"ičo": "ABCDEFGH"}), "not eight digits"),
    "operator with other digits": (
        with_board(provozovatel={"ičo": "\u0661" * 8}),
        "not eight digits",
    ),
    "operator's check digit": (with_board(provozovatel={"ičo": "00262979"}), "check digit"),
    "script as the address": (with_notice(url="javascript:alert(1)"), r"informace\[2\].url"),
    "file as the address": (with_notice(url="file:///etc/passwd"), r"informace\[2\].url"),
    "address with a space": (with_notice(url="https://a b"), r"informace\[2\].url"),
    "endless address": (with_notice(url="https://a/" + "a" * 3000), "over 2048 characters"),
    "endless title": (with_notice(název={"cs": "a" * 3000}), "over 2000 characters"),
    "title that is invisible": (with_notice(název={"cs": "\u202e\u200b"}), "cs: empty"),
    "title that is a number": (with_notice(název={"cs": 7}), "cs: not a text"),
    "date that does not exist": (
        with_notice(vyvěšení={**MOMENT, "datum": "2026-02-30"}),
        "not a date",
    ),
    "moment of another type": (with_notice(vyvěšení={"typ": "Den"}), "typ: not"),
    "moment that says nothing": (with_notice(vyvěšení=MOMENT), "neither a date"),
    "taken down before it was posted": (
        with_notice(relevantní_do={**MOMENT, "datum": "2020-01-01"}),
        "before the day of posting",
    ),
    "same name twice": (with_notice(iri=BOARD["informace"][0]["iri"]), "stands there twice"),
    "document that is a number": (with_notice(dokument=[7]), r"dokument\[0\]: not an object"),
    "too many documents": (with_notice(dokument=[{}] * 51), "over 50 entries"),
}


@pytest.mark.parametrize(("data", "sentence"), ATTACKS.values(), ids=ATTACKS.keys())
def test_board_is_refused_with_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ContentRefused, match=sentence) as refused:
        parse_notice_board(data)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_text_direction_tricks_are_removed_from_a_title() -> None:
    title = "Oznámení\u202e gpj.exe\u0007\n dne"
    board = parse_notice_board(with_notice(název={"cs": title}))
    assert board.notices[2].title.cs == "Oznámení gpj.exe dne"


@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for parse in (parse_notice_board, parse_life_situations):
        try:
            parse(data)
        except ContentRefused:
            continue


@given(st.sampled_from(sorted(BOARD["informace"][0])), JSON)
def test_any_value_in_any_field_is_read_or_refused(name: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    try:
        parse_notice_board(with_notice(**{name: value}))
    except ContentRefused:
        return
