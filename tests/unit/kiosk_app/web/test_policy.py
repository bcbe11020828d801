"""The allow-list itself and what it lets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.web.policy import Origin, PolicyRefused, WebPolicy, judge, parse_policy

POLICY = parse_policy(("https://www.liberec.cz", "https://mapy.liberec.cz:8443", "http://info/"))


def test_entries_become_origins() -> None:
    assert POLICY.origins == {
        Origin("https", "www.liberec.cz", 443),
        Origin("https", "mapy.liberec.cz", 8443),
        Origin("http", "info", 80),
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://www.liberec.cz",
        "https://www.liberec.cz/cz/radnice/?a=1&b=%C3%A1#c",
        "HTTPS://WWW.Liberec.CZ/",
        "https://www.liberec.cz:443/",
        "https://mapy.liberec.cz:8443/tiles/1/2/3.pbf",
        "http://info:80/",
    ],
)
def test_listed_origins_load(url: str) -> None:
    assert judge(url, POLICY) is None


def test_an_empty_policy_allows_nothing() -> None:
    assert judge("https://www.liberec.cz/", WebPolicy()) is not None


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "www.liberec.cz",
        "https://",
        "https://*.liberec.cz",
        "https://www.liberec.cz/cz",
        "https://www.liberec.cz?x",
        "ftp://liberec.cz",
        "file:///srv",
        "https://jan@liberec.cz",
        "https://liberec.cz:99999",
    ],
)
def test_an_entry_that_is_no_origin_is_refused(entry: str) -> None:
    with pytest.raises(PolicyRefused, match="Allow-list entry"):
        parse_policy((entry,))


@given(st.text(max_size=60))
def test_any_text_gets_a_judgement(text: str) -> None:
    judge(text, POLICY)
