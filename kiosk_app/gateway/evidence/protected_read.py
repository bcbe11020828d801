"""A read of DG1 under keys that only the proven chip has; agrees on no key.

The kiosk carries the commands as they are; it can neither read nor change what passes.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk_app.cards.apdu import SW, ApduError, Command, parse_response
from kiosk_app.cards.icao import files
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason


@dataclass(frozen=True, slots=True)
class ProtectedRead:
    """Commands made ahead of their answers, and what the answers are judged by.

    Attributes:
        commands: protected command APDUs.
    """

    commands: tuple[bytes, ...] = field(repr=False)
    _channels: tuple[SecureChannel, ...] = field(repr=False)
    _dg1: bytes = field(repr=False)

    def check(self, responses: Sequence[bytes]) -> None:
        """Check that each answer is protected and the last one carries DG1.

        Raises:
            EvidenceRefused: CHIP_NOT_GENUINE.
        """
        if len(responses) != len(self.commands):
            raise not_genuine("The chip did not answer every command.")
        try:
            answers = [
                channel.open(parse_response(response))[1]
                for channel, response in zip(self._channels, responses, strict=True)
            ]
        except (ApduError, SecureMessagingError) as error:
            raise not_genuine("The chip does not speak under the agreed keys.") from error
        last = answers[-1]
        if last.sw not in {SW.OK, SW.END_OF_FILE}:
            raise not_genuine("The chip refuses to give DG1 under the agreed keys.")
        if not hmac.compare_digest(last.data, self._dg1[: files.BLOCK]):
            raise not_genuine("The chip gives another DG1 under the agreed keys.")


def read_dg1(channel: SecureChannel, dg1: bytes, *, enter: bool = False) -> ProtectedRead:
    """Make the read.

    Args:
        channel: fresh.
        dg1: EF.DG1 as signed.
        enter: the chip stands outside the application, so that it is selected first.
    """
    read = files.read_by_short_identifier(files.DG1, min(len(dg1), files.BLOCK))
    commands: tuple[Command, ...] = (files.select_application(), read) if enter else (read,)
    protected, channels = [], []
    for command in commands:
        channel, covered = channel.protect(command)
        protected.append(covered.encode())
        channels.append(channel)
        channel = replace(channel, counter=channel.counter + 1)  # the answer's
    return ProtectedRead(tuple(protected), tuple(channels), dg1)


def not_genuine(sentence: str) -> EvidenceRefused:
    """The refusal of a chip that did not prove itself."""
    return EvidenceRefused(RefusalReason.CHIP_NOT_GENUINE, sentence)
