"""Accounts survive the way through JSON, and hostile JSON is refused with the path."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.account.codec import (
    MAX_BYTES,
    MAX_ITEMS,
    MAX_TEXT,
    AccountFormatError,
    decode_account,
    encode_account,
)
from tests.unit.kiosk_app.account.accounts import account

RawAccount = dict[str, Any]


def test_account_survives_json() -> None:
    assert decode_account(encode_account(account())) == account()


def test_money_dates_and_czech_letters_are_written_as_agreed() -> None:
    raw = json.loads(encode_account(account()))
    assert raw["receivables"][0]["amount"] == "850.00"
    assert raw["receivables"][0]["due"] == "2026-05-31"
    assert raw["as_of"] == "2026-11-24T10:00:00+00:00"
    assert "VZOROVÁ".encode() in encode_account(account())


def test_member_of_a_newer_gateway_is_passed_over() -> None:
    raw = json.loads(encode_account(account())) | {"appointments": []}
    assert decode_account(json.dumps(raw).encode()) == account()


def _without_person(raw: RawAccount) -> None:
    del raw["person"]


def _set(path: str, value: object) -> Callable[[RawAccount], None]:
    def change(raw: RawAccount) -> None:
        *way, last = path.split(".")
        place: Any = raw
        for name in way:
            place = place[int(name) if name.isdigit() else name]
        place[last] = value

    return change


HOSTILE = [
    (_without_person, "account.person: is missing"),
    (_set("person", []), "account.person: is not an object"),
    (_set("todos", {}), "account.todos: is not a list"),
    (_set("todos", None), "account.todos: is not a list"),
    (_set("person.is_sample", "true"), "account.person.is_sample: is not a truth value"),
    (_set("person.display_name", 7), "account.person.display_name: is not a text"),
    (_set("person.display_name", "x" * (MAX_TEXT + 1)), "is longer than 4000 characters"),
    (_set("person.display_name", "a\x1b[2J"), "account.person.display_name: holds a control"),
    (_set("person.display_name", "a\u202eb"), "account.person.display_name: holds a control"),
    (_set("person.display_name", "\ud800"), "account.person.display_name: holds a control"),
    (_set("cases", [{}] * (MAX_ITEMS + 1)), "account.cases: has more than 1000 items"),
    (
        _set("cases.0.steps.0.state", "lost"),
        r"account.cases\[0\].steps\[0\].state: is none of done, current, ahead",
    ),
    (
        _set("cases.0.opened", "2026-02-30"),
        r"account.cases\[0\].opened: is no date such as 2026-11-24",
    ),
    (_set("as_of", "yesterday"), "account.as_of: is no time such as"),
    (_set("as_of", "2026-11-24T10:00:00"), "account: an account's as_of is an aware"),
    (_set("receivables.0.amount", 850.0), r"account.receivables\[0\].amount: is not a text"),
    (
        _set("receivables.0.amount", "NaN"),
        r"account.receivables\[0\].amount: is no amount such as 850.00",
    ),
    (
        _set("receivables.0.amount", "1e9"),
        r"account.receivables\[0\].amount: is no amount such as 850.00",
    ),
    (_set("receivables.0.iban", "CZ00"), r"account.receivables\[0\]: the account a receivable"),
]


@pytest.mark.parametrize(("change", "sentence"), HOSTILE)
def test_hostile_member_is_refused_with_its_path(
    change: Callable[[RawAccount], None], sentence: str
) -> None:
    raw = json.loads(encode_account(account()))
    change(raw)
    with pytest.raises(AccountFormatError, match=sentence):
        decode_account(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is not JSON"),
        (b"\xff", "is not UTF-8"),
        (b"[" * 100_000, "is nested too deep"),
        (b"NaN", "is not JSON"),
        (b"9" * 5000, "is not JSON"),
        (b" " * (MAX_BYTES + 1), "is longer than"),
        (b"null", "account: is not an object"),
    ],
)
def test_bytes_that_are_no_account_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(AccountFormatError, match=sentence):
        decode_account(data)


def test_refusal_never_repeats_the_value() -> None:
    raw = json.loads(encode_account(account()))
    raw["receivables"][0]["due"] = "SECRET"
    with pytest.raises(AccountFormatError) as refusal:
        decode_account(json.dumps(raw).encode())
    assert "SECRET" not in str(refusal.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.floats(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["person", "todos", "as_of"]), inner)
        ),
    )
)
def test_any_json_is_an_account_or_refused(value: object) -> None:
    with pytest.raises(AccountFormatError):
        decode_account(json.dumps(value).encode())
