"""The printer's URI."""

from pathlib import PurePath

import pytest

from kiosk_app.receipt.address import (
    Address,
    AddressRefused,
    FileAddress,
    TcpAddress,
    parse_address,
)


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("tcp://127.0.0.1:9101", TcpAddress("127.0.0.1", 9101)),
        ("tcp://printer.local", TcpAddress("printer.local", 9100)),
        ("tcp://[::1]:9100/", TcpAddress("::1", 9100)),
        ("file:/tmp/job.bin", FileAddress(PurePath("/tmp/job.bin"))),  # noqa: S108 - only parsed
        ("file:///tmp/job.bin", FileAddress(PurePath("/tmp/job.bin"))),  # noqa: S108 - only parsed
        ("file:job.bin", FileAddress(PurePath("job.bin"))),
    ],
)
def test_uri_names_a_printer(uri: str, address: Address) -> None:
    assert parse_address(uri) == address


@pytest.mark.parametrize(
    "uri",
    ["", "file:", "tcp://", "tcp://h:0", "tcp://h:65536", "tcp://u@h:1", "http://h", "tcp://h:1/x"],
)
def test_other_uris_are_refused(uri: str) -> None:
    with pytest.raises(AddressRefused, match="Printer"):
        parse_address(uri)
