"""JSON pointers find their place (RFC 6901, section 5), or say that there is none."""

import pytest

from kiosk_app.gateway.agenda.json_pointer import PointerError, check_pointer, pointed

DOCUMENT = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_examples_of_the_standard(pointer: str, value: object) -> None:
    check_pointer(pointer)
    assert pointed(DOCUMENT, pointer) == value


@pytest.mark.parametrize("pointer", ["/none", "/foo/2", "/foo/01", "/foo/-", "/foo/x", "/foo/0/a"])
def test_nothing_stands_there(pointer: str) -> None:
    with pytest.raises(PointerError, match="there is nothing at"):
        pointed(DOCUMENT, pointer)


@pytest.mark.parametrize("pointer", ["foo", "/a~2", "/~", "a/b"])
def test_text_that_is_no_pointer(pointer: str) -> None:
    with pytest.raises(PointerError, match="is no JSON pointer"):
        check_pointer(pointer)
