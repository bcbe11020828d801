"""Result codes of PC/SC: the same as pyscard's, and what each means to a person."""

import pytest
from smartcard import scard

from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.pcsc.results import PcscError, Result, State, card_problem


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("SCARD_S_SUCCESS", Result.SUCCESS),
        ("SCARD_E_CANCELLED", Result.CANCELLED),
        ("SCARD_E_UNKNOWN_READER", Result.UNKNOWN_READER),
        ("SCARD_E_TIMEOUT", Result.TIMEOUT),
        ("SCARD_E_SHARING_VIOLATION", Result.SHARING_VIOLATION),
        ("SCARD_E_NO_SMARTCARD", Result.NO_CARD),
        ("SCARD_E_PROTO_MISMATCH", Result.PROTOCOL_MISMATCH),
        ("SCARD_E_NOT_TRANSACTED", Result.NOT_TRANSACTED),
        ("SCARD_E_NO_READERS_AVAILABLE", Result.NO_READERS),
        ("SCARD_E_COMM_DATA_LOST", Result.COMMUNICATION_LOST),
        ("SCARD_W_UNSUPPORTED_CARD", Result.UNSUPPORTED_CARD),
        ("SCARD_W_UNRESPONSIVE_CARD", Result.UNRESPONSIVE_CARD),
        ("SCARD_W_UNPOWERED_CARD", Result.UNPOWERED_CARD),
        ("SCARD_W_RESET_CARD", Result.RESET_CARD),
        ("SCARD_W_REMOVED_CARD", Result.REMOVED_CARD),
    ],
)
def test_a_code_is_the_librarys(name: str, result: Result) -> None:
    assert getattr(scard, name) == result


@pytest.mark.parametrize("state", list(State))
def test_a_state_bit_is_the_librarys(state: State) -> None:
    assert getattr(scard, f"SCARD_STATE_{state.name}") == state


@pytest.mark.parametrize(
    ("result", "cause"),
    [
        (Result.REMOVED_CARD, CardCause.TAKEN_TOO_EARLY),
        (Result.NO_CARD, CardCause.TAKEN_TOO_EARLY),
        (Result.UNRESPONSIVE_CARD, CardCause.TURNED_OVER),
        (Result.UNPOWERED_CARD, CardCause.TURNED_OVER),
        (Result.UNSUPPORTED_CARD, CardCause.UNSUPPORTED),
        (Result.UNKNOWN_READER, CardCause.READER_MISSING),
        (scard.SCARD_E_NO_SERVICE, CardCause.READER_MISSING),
        (scard.SCARD_F_COMM_ERROR, CardCause.READER_MISSING),
        (0x12345678, CardCause.READER_MISSING),
    ],
)
def test_what_a_refused_call_means(result: int, cause: CardCause) -> None:
    problem = card_problem(PcscError(result, "PC/SC says: no."))
    assert problem.cause is cause
    assert problem.detail == "PC/SC says: no."
    assert problem.tries_left is None
