"""The identification certificate and its chain, right and hostile."""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk_app.cards.eobcanka.certificate import (
    CertificateError,
    IdentificationFacts,
    issuer_chain,
    parse_identification,
)
from tests.fakes.eobcanka_card.state import JANA, ContactCardState, Holder

STATE = ContactCardState()
DER = STATE.issue(JANA).public_bytes(Encoding.DER)
ROOT = STATE.root.public_bytes(Encoding.DER)


def facts(holder: Holder) -> IdentificationFacts:
    return parse_identification(STATE.issue(holder).public_bytes(Encoding.DER))


@pytest.mark.parametrize("written", ["1984-05-17", "19840517", "17.05.1984", "17. 5. 1984"])
def test_the_forms_of_a_birth_date(written: str) -> None:
    assert facts(replace(JANA, birth=written)).birth == dt.date(1984, 5, 17)


@pytest.mark.parametrize("written", ["31.02.1984", "17/05/1984", "1984", ""])
def test_a_birth_date_that_is_none(written: str) -> None:
    assert facts(replace(JANA, birth=written)).birth is None


def test_a_field_too_long_or_unprintable_is_left_out() -> None:
    assert facts(replace(JANA, birth_place="x" * 201)).birth_place == ""
    assert facts(replace(JANA, birth_place="a\x1b[2J")).birth_place == ""


def test_a_certificate_that_names_nobody() -> None:
    with pytest.raises(CertificateError, match="names nobody"):
        facts(replace(JANA, surname=""))


def test_a_serial_number_that_is_no_document_number() -> None:
    with pytest.raises(CertificateError, match="document number"):
        facts(replace(JANA, document_number="\x01\x02 1"))


def test_a_serial_number_that_is_not_positive() -> None:
    at = DER.index(b"999009812")
    for first in (b"\x80", b"\xff"):
        with pytest.raises(CertificateError, match="not positive"):
            parse_identification(DER[:at] + first + DER[at + 1 :])
    with pytest.raises(CertificateError, match="not positive"):
        parse_identification(DER[:at] + bytes(9) + DER[at + 9 :])


def test_a_name_that_is_a_bit_string() -> None:
    """The library answers it with a TypeError."""
    at = DER.index(b"JANA") - 2
    with pytest.raises(CertificateError):
        parse_identification(DER[:at] + b"\x03" + DER[at + 1 :])


@pytest.mark.parametrize("der", [b"", b"\x30\x00", ROOT[:100], ROOT[:-1], b"\x00" * 300])
def test_bytes_that_are_no_certificate(der: bytes) -> None:
    with pytest.raises(CertificateError):
        parse_identification(der)


@example(15, b"\x80")
@given(st.integers(0, len(DER) - 1), st.binary(min_size=1, max_size=6))
def test_a_certificate_changed_anywhere_is_read_or_refused(at: int, noise: bytes) -> None:
    changed = DER[:at] + noise + DER[at + len(noise) :]
    try:
        parse_identification(changed)
    except CertificateError as error:
        assert "JANA" not in str(error)  # noqa: PT017 - whether it is refused depends on the place
        assert error.__cause__ is None  # noqa: PT017 - the same


def test_the_chain_is_put_in_order_and_strangers_left_out() -> None:
    stranger = ContactCardState("stranger")
    others = [b"nonsense", ROOT, stranger.issuing_der, STATE.issuing_der]
    assert issuer_chain(DER, others) == (STATE.issuing_der, ROOT)
    assert issuer_chain(DER, [DER]) == ()
    assert issuer_chain(b"nonsense", others) == ()
