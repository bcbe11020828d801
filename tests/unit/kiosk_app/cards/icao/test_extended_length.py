"""How long a chip says that its answers may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.icao.extended_length import answer_limit, answer_limit_of_atr

EXTENDED = "4703800140"


@pytest.mark.parametrize(
    ("atr_info", "limit"),
    [
        ("", 256),
        ("4703800100", 256),
        ("47028001", 256),
        (EXTENDED, 2048),
        (EXTENDED + "7F660802020400 02020800", 2048),
        (EXTENDED + "7F660802020400 02020400", 1024),
        (EXTENDED + "7F660802020400 02020010", 256),
        (EXTENDED + "7F660902020400 0203FFFFFF", 16384),
        (EXTENDED + "7F660402020400", 2048),
        ("4703800100 7F660802020400 02020800", 256),
        ("7F6609", 256),
        ("FF", 256),
    ],
)
def test_atr_info(atr_info: str, limit: int) -> None:
    assert answer_limit(bytes.fromhex(atr_info)) == limit


@pytest.mark.parametrize(
    ("atr", "limit"),
    [
        ("", 256),
        ("3B", 256),
        ("3B00", 256),
        ("3B888001000000000000000009", 256),
        ("3B85800180738001407A", 2048),
        ("3B85800180738001003A", 256),
        ("3B848001807180 01", 256),
        ("3B87800180 31C0 73C00140 AA", 2048),
        ("3B8580018073", 256),
        ("3BF0112233", 256),
        ("3B7E94000080 25D2031001005600000002 0200", 256),
    ],
)
def test_answer_to_reset(atr: str, limit: int) -> None:
    assert answer_limit_of_atr(bytes.fromhex(atr)) == limit


@given(st.binary(max_size=40))
def test_any_bytes_give_a_limit(data: bytes) -> None:
    for limit in (answer_limit(data), answer_limit_of_atr(b"\x3b" + data)):
        assert 256 <= limit <= 16384
