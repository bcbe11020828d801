"""How one receivable is paid, as labels with values and a QR code; no amount is reckoned."""

from dataclasses import dataclass

from kiosk_app.screens.props.key import Key


@dataclass(frozen=True)
class Fact:
    """A label with its value."""

    label: str
    value: str


@dataclass(frozen=True)
class PaymentProps:
    """How to pay one receivable; `qr` is its SPAYD string in hexadecimal, or empty."""

    title: str
    subject: str
    how: str
    amount: str
    qr: str
    facts: tuple[Fact, ...]
    note: str
    print: Key | None
    no_print: str
