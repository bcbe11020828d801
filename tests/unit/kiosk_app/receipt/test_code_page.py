"""Which code page carries a text, and when a picture is needed."""

import pytest

from kiosk_app.receipt.code_page import Encoded, czech_pages, encode

PANGRAM = "Příliš žluťoučký kůň úpěl ďábelské ódy"


def test_only_czech_pages_are_taken_best_first() -> None:
    assert czech_pages(["CP437", "ISO_8859-2", "CP1250", "CP852"]) == (
        "CP852",
        "CP1250",
        "ISO_8859-2",
    )


def test_western_profile_has_none() -> None:
    assert czech_pages(["CP437", "CP850", "CP858"]) == ()


@pytest.mark.parametrize(("page", "codec"), [("CP852", "cp852"), ("CP1250", "cp1250")])
def test_czech_text_is_encoded_whole(page: str, codec: str) -> None:
    assert encode(PANGRAM, (page,)) == Encoded(page, PANGRAM.encode(codec))


def test_second_page_is_taken_where_the_first_lacks_a_letter() -> None:
    assert encode("„kůň“", ("CP852", "CP1250")) == Encoded("CP1250", "„kůň“".encode("cp1250"))


def test_typography_becomes_plain_before_a_picture_is_needed() -> None:
    assert encode("„kůň“ \N{EN DASH} …", ("CP852",)) == Encoded(
        "CP852", '"kůň" - ...'.encode("cp852")
    )


@pytest.mark.parametrize("text", ["Київ", "東京", "a\x1b@b", "a\nb"])
def test_foreign_letters_and_control_characters_are_never_sent_as_text(text: str) -> None:
    assert encode(text, ("CP852", "CP1250", "ISO_8859-2")) is None


def test_decomposed_letters_are_composed_first() -> None:
    assert encode("ku\u030an\u030c", ("CP852",)) == Encoded("CP852", "kůň".encode("cp852"))
