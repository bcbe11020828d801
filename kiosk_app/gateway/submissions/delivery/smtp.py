"""Letters by e-mail to one mail server (RFC 5321) over TLS; it keeps no letter and no connection.

A server that dies after the letter was handed over may have it: it is sent again with the same
Message-ID, by which mail programs know doubles.
"""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final

from kiosk_app.gateway.delivery_settings import SmtpSettings
from kiosk_app.gateway.submissions.delivery.carrying import NotCarried
from kiosk_app.gateway.submissions.delivery.credentials import Credentials
from kiosk_app.gateway.submissions.outbox import Letter

_FIRST_PERMANENT: Final = 500


class SmtpCarrier:
    """Hands letters to the mail server of the settings."""

    def __init__(self, settings: SmtpSettings, credentials: Credentials | None) -> None:
        """Read the authorities that the server may be certified by; raises `OSError`."""
        self._settings = settings
        self._credentials = credentials
        self._tls = ssl.create_default_context(cafile=settings.ca)

    def carry(self, letter: Letter) -> None:
        """Hand the letter over; raises `NotCarried`."""
        mail = email_of(letter, self._settings.sender)
        try:
            self._send(mail, letter.address)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _refused(min(codes), "RCPT") from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, "DATA") from error
        except smtplib.SMTPException as error:
            raise NotCarried(f"SMTP: {type(error).__name__}") from error
        except OSError as error:
            raise NotCarried(f"the mail server: {type(error).__name__}") from error

    def _send(self, mail: EmailMessage, address: str) -> None:
        server = self._connected()
        try:
            self._introduce(server)
            server.send_message(mail, self._settings.sender, [address])
            # It has the letter: how it says goodbye does not matter any more.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        of = self._settings
        if of.security == "tls":
            return smtplib.SMTP_SSL(of.host, of.port, timeout=of.timeout, context=self._tls)
        return smtplib.SMTP(of.host, of.port, timeout=of.timeout)

    def _introduce(self, server: smtplib.SMTP) -> None:
        if self._settings.security == "starttls":
            server.starttls(context=self._tls)
        if self._credentials is not None:
            server.login(self._credentials.user, self._credentials.password)


def _refused(code: int, step: str) -> NotCarried:
    return NotCarried(f"SMTP: {step} answered {code}", for_good=code >= _FIRST_PERMANENT)


def email_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as RFC 5322 has it.

    Raises:
        NotCarried: for good, where a header would hold what does not belong there.
    """
    mail = EmailMessage()
    try:
        mail["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
        mail["Date"] = formatdate(localtime=True)
        mail["From"] = sender
        mail["To"] = letter.address
        mail["Subject"] = letter.subject
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer by machines
    except ValueError as error:
        raise NotCarried("a header is refused", for_good=True) from error
    mail.set_content(letter.text)
    if letter.attachment is not None:
        main, _, sub = letter.attachment.media_type.partition("/")
        mail.add_attachment(
            letter.attachment.data, maintype=main, subtype=sub, filename=f"photo.{sub}"
        )
    return mail
