"""A printer that fails in the worst moment: a job is once on paper, or reported as not printed."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk_app.receipt.conversation import Limits, PrinterProblem, Seconds
from kiosk_app.receipt.elements import Paragraph, Receipt, ReceiptNumber
from kiosk_app.receipt.printer import ReceiptPrinter
from kiosk_app.receipt.sample import SAMPLES
from kiosk_app.receipt.status import PrinterCause
from tests.fakes.receipt_printer import Fault, VirtualPrinter
from tests.fakes.receipt_printer.mechanism import Mechanism

NUMBER = ReceiptNumber("infobox-001/000042")
SHORT = Limits(answer=Seconds(0.5), job=Seconds(3))


@pytest.fixture
def virtual(tmp_path: Path) -> Iterator[VirtualPrinter]:
    with VirtualPrinter(tmp_path) as printer:
        yield printer


def printer_at(virtual: VirtualPrinter) -> ReceiptPrinter:
    return ReceiptPrinter(virtual.uri, "TM-T20II", SHORT)


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (Fault.PAPER_OUT, PrinterCause.PAPER_OUT),
        (Fault.COVER_OPEN, PrinterCause.COVER_OPEN),
        (Fault.OFFLINE, PrinterCause.OFFLINE),
        (Fault.CUTTER, PrinterCause.CUTTER),
        (Fault.OVERHEATED, PrinterCause.HARDWARE),
        (Fault.MUTE, PrinterCause.SILENT),
        (Fault.GARBAGE, PrinterCause.SILENT),
    ],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    virtual: VirtualPrinter, fault: Fault, cause: PrinterCause
) -> None:
    virtual.set_faults(fault)
    with pytest.raises(PrinterProblem) as problem:
        printer_at(virtual).print(SAMPLES["payment"](NUMBER))
    assert (problem.value.cause, problem.value.partly) == (cause, False)
    assert problem.value.number == NUMBER
    virtual.set_faults()
    assert printer_at(virtual).status().ready
    assert virtual.receipts == []


def test_power_lost_in_mid_job_is_noticed(virtual: VirtualPrinter) -> None:
    virtual.set_faults(Fault.DIES_IN_JOB)
    with pytest.raises(PrinterProblem) as problem:
        printer_at(virtual).print(SAMPLES["payment"](NUMBER))
    assert (problem.value.cause, problem.value.partly) == (PrinterCause.NOT_CONFIRMED, True)
    assert virtual.receipts == []


def test_a_printer_that_never_confirms_is_not_believed(virtual: VirtualPrinter) -> None:
    virtual.set_faults(Fault.NEVER_CONFIRMS)
    printer = ReceiptPrinter(virtual.uri, "TM-T20II", Limits(Seconds(0.5), Seconds(1)))
    with pytest.raises(PrinterProblem) as problem:
        printer.print(SAMPLES["payment"](NUMBER))
    assert (problem.value.cause, problem.value.partly) == (PrinterCause.NOT_CONFIRMED, True)


def test_rest_of_a_stopped_job_does_not_come_out_for_the_next_citizen(
    virtual: VirtualPrinter,
) -> None:
    virtual.set_faults(Fault.PAPER_OUT_IN_JOB)
    with pytest.raises(PrinterProblem) as problem:
        printer_at(virtual).print(SAMPLES["overview"](NUMBER))
    assert (problem.value.cause, problem.value.partly) == (PrinterCause.PAPER_OUT, True)
    assert printer_at(virtual).status().causes == (PrinterCause.PAPER_OUT,)
    virtual.set_faults()
    printer_at(virtual).print(Receipt(ReceiptNumber("next"), (Paragraph("další občan"),)))
    text = virtual.receipts[0].with_suffix(".txt").read_text()
    assert "další občan" in text
    assert "osobní údaje" not in text


def test_absent_printer_is_unreachable_and_raises_nothing_on_status(tmp_path: Path) -> None:
    with VirtualPrinter(tmp_path) as virtual:
        printer = printer_at(virtual)
    assert printer.status().causes == (PrinterCause.UNREACHABLE,)
    with pytest.raises(PrinterProblem) as problem:
        printer.print(SAMPLES["payment"](NUMBER))
    assert problem.value.cause is PrinterCause.UNREACHABLE


def test_unwritable_file_is_reported(tmp_path: Path) -> None:
    printer = ReceiptPrinter(f"file:{tmp_path}", "TM-T20II")
    with pytest.raises(PrinterProblem) as problem:
        printer.print(SAMPLES["payment"](NUMBER))
    assert problem.value.cause is PrinterCause.UNREACHABLE


def answer_for_ever(server: socket.socket, data: bytes) -> None:
    client, _ = server.accept()
    with client:
        client.settimeout(5)
        try:
            while True:
                client.sendall(data)
        except OSError:
            return


@pytest.mark.parametrize("data", [b"\x12" * 4096, b"\xff" * 4096, b"\x00" * 4096])
def test_endless_answers_end_at_the_limit(data: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer_for_ever, args=(server, data))
        thread.start()
        uri = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        printer = ReceiptPrinter(uri, "TM-T20II", Limits(Seconds(0.3), Seconds(1)))
        with pytest.raises(PrinterProblem):
            printer.print(SAMPLES["payment"](NUMBER))
        thread.join(timeout=10)
    assert not thread.is_alive()


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_becomes_a_printer_command(title: str, value: str) -> None:
    from kiosk_app.receipt.printer import load_profile, render  # noqa: PLC0415 - keeps start cheap

    cuts: list[str] = []
    mechanism = Mechanism(576, lambda paper: cuts.append("\n".join(paper.text)))
    receipt = Receipt(NUMBER, (Paragraph(title), Paragraph(value), Paragraph("konec")))
    mechanism.take(render(receipt, load_profile("TM-T20II")))
    assert len(cuts) == 1
    assert "konec" in cuts[0]


@given(st.lists(st.binary(max_size=200), max_size=10))
@settings(max_examples=200)
def test_the_virtual_printer_survives_garbage(pieces: list[bytes]) -> None:
    mechanism = Mechanism(576, lambda _: None)
    for piece in pieces:
        mechanism.take(piece)
