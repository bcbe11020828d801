"""One payment as props, with its QR Platba as a SPAYD string; it draws no picture."""

from kiosk_app.account.model import Receivable
from kiosk_app.receipt.qr_platba import Payment, PaymentRefused, check_iban, spayd
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.payment import Fact, PaymentProps
from kiosk_app.screens.props.scene import Scene
from kiosk_app.session.model import Device


def payment_props(scene: Scene, item: Receivable) -> PaymentProps:
    """The screen to pay one receivable; what the format refuses has no QR code and says so."""
    texts, language = scene.texts, scene.language
    code = _spayd(item)
    printable = Device.PRINTER not in scene.session.missing
    return PaymentProps(
        title=texts.payment_title,
        subject=item.title.text_in(language),
        how=texts.payment_how if code else texts.no_qr,
        amount=formats.money(item.next_amount, language),
        qr=code.encode().hex(),
        facts=(
            Fact(texts.account_number, formats.in_groups(item.iban)),
            Fact(texts.variable_symbol, item.variable_symbol),
            Fact(texts.due_date, formats.day(item.next_due, language, texts)),
            Fact(texts.message, item.message),
        ),
        note=texts.payment_note,
        print=Key(texts.print, "print", name="print") if printable else None,
        no_print="" if printable else texts.no_printer,
    )


def _spayd(item: Receivable) -> str:
    try:
        return spayd(
            Payment(
                account=check_iban(item.iban),
                amount=item.next_amount,
                variable_symbol=item.variable_symbol,
                due=item.next_due,
                message=item.message,
            )
        )
    except PaymentRefused:
        return ""
