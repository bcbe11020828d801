"""Carries a secure channel from one command to the next; opens none."""

from kiosk_app.cards.apdu import Command, Response, Transmit, exchange
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError


class LongAnswerError(SecureMessagingError):
    """The channel was lost at a command of extended length: the chip or the reader has none."""


class ProtectedLine:
    """A line to the chip that protects each command and opens each answer."""

    def __init__(self, transmit: Transmit, channel: SecureChannel) -> None:
        self._transmit = transmit
        self._channel = channel

    def send(self, command: Command) -> Response:
        """Protect, send, check and open.

        Raises:
            SecureMessagingError: the answer is not protected, or was changed on its way.
            LongAnswerError: the same, after a command of extended length.
            ApduError: the answer is none.
        """
        self._channel, protected = self._channel.protect(command)
        answer = exchange(self._transmit, protected)
        try:
            self._channel, response = self._channel.open(answer)
        except SecureMessagingError as error:
            if protected.extended:
                raise LongAnswerError(str(error)) from error
            raise
        return response
