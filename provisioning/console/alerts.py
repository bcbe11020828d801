"""Signs a city's CAP 1.2 alerts, one message in force for each area; it sends nothing."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from securesystemslib.signer import Signer

from device_agent.wire.cap import (
    CapInfo,
    CapMessage,
    CapReference,
    Certainty,
    MsgType,
    Severity,
    Urgency,
    alert_of,
    encode_cap,
    parse_cap,
)
from device_agent.wire.strict_json import WireError
from device_agent.wire.topics import is_name
from provisioning.console.errors import StatementError
from provisioning.durable_file import write_durable
from provisioning.trust import CAP_TYPE, sign

CATEGORY: Final = "Safety"
ACTUAL: Final = "Actual"
SUFFIX: Final = ".cap.xml"
MAX_EARLIER: Final = 32
"""Earlier messages that one message names; a device that was off missed some of them."""


@dataclass(frozen=True)
class AlertText:
    """The words of an alert in one language (RFC 3066 code)."""

    language: str
    event: str
    headline: str
    description: str = ""
    instruction: str = ""


@dataclass(frozen=True)
class AlertOrder:
    """What crisis staff wants shown: in which area (a topic's name), how grave, until when."""

    area: str
    severity: Severity
    expires: datetime
    texts: tuple[AlertText, ...]
    urgency: Urgency = Urgency.IMMEDIATE
    certainty: Certainty = Certainty.OBSERVED
    status: str = ACTUAL
    place: str = ""
    """Where it applies, in words for people; the area's name when empty."""


@dataclass(frozen=True)
class SignedAlert:
    """A CAP message ready to be said on its area's topic."""

    area: str
    identifier: str
    envelope: bytes


@dataclass(frozen=True)
class AlertDesk:
    """Where the message in force of each area is kept, who speaks, and the alert role's keys."""

    folder: Path
    sender: str
    signers: Sequence[Signer]

    def raise_alert(self, order: AlertOrder, now: datetime) -> SignedAlert:
        """Sign an alert; when one is in force in the area it becomes its update.

        The message is saved before it is returned.

        Raises:
            StatementError: the area is no name, the end is past, CAP does not allow the text, or
                an exercise would take the place of an actual alert.
        """
        if order.expires <= now:
            raise StatementError(f"The alert would have expired at {order.expires.isoformat()}.")
        last = self.last(order.area)
        if last and order.status != ACTUAL and _still_holds(last, now):
            raise StatementError(
                f"An actual alert is in force in the area {order.area!r}; cancel it before an"
                f" alert of status {order.status!r}."
            )
        infos = tuple(_info(order, text) for text in order.texts)
        updates = last is not None and last.msg_type is not MsgType.CANCEL
        kind = MsgType.UPDATE if updates else MsgType.ALERT
        return self._new(order.area, kind, order.status, last, infos, now)

    def cancel_alert(self, area: str, now: datetime) -> SignedAlert:
        """Sign the cancellation of the alert in force in an area.

        An area whose alert is cancelled already gets the same cancellation again, because nobody
        knows here whether the first one arrived.

        Raises:
            StatementError: there was never an alert.
        """
        last = self.last(area)
        if last is None:
            raise StatementError(f"No alert is in force in the area {area!r}.")
        if last.msg_type is MsgType.CANCEL:
            return self._signed(area, last, encode_cap(last))
        return self._new(area, MsgType.CANCEL, last.status, last, last.infos, now)

    def again(self, area: str) -> SignedAlert:
        """The last message of an area, to be said again: devices that know it change nothing.

        Raises:
            StatementError: there is none, or the saved one cannot be read.
        """
        last = self.last(area)
        if last is None:
            raise StatementError(f"Nothing was ever said to the area {area!r}.")
        return self._signed(area, last, encode_cap(last))

    def areas(self) -> tuple[str, ...]:
        """The areas to which something was said, sorted."""
        return tuple(sorted(path.name.removesuffix(SUFFIX) for path in self._saved()))

    def _saved(self) -> Iterator[Path]:
        return self.folder.glob(f"[!.]*{SUFFIX}")

    def last(self, area: str) -> CapMessage | None:
        """The last message of an area, be it a cancellation.

        Raises:
            StatementError: the area is no name or the saved message cannot be read.
        """
        path = self._path(area)
        try:
            return parse_cap(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, WireError) as error:
            raise StatementError(f"The saved alert {path} cannot be read: {error}.") from error

    def _new(
        self,
        area: str,
        kind: MsgType,
        status: str,
        last: CapMessage | None,
        infos: tuple[CapInfo, ...],
        now: datetime,
    ) -> SignedAlert:
        message = CapMessage(
            identifier=f"{area}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}",
            sender=self.sender,
            sent=now.replace(microsecond=0),
            status=status,
            msg_type=kind,
            references=_earlier(last) if last else (),
            targets=(area,),
            infos=infos,
        )
        try:
            xml = encode_cap(message)
        except WireError as error:
            raise StatementError(f"The alert cannot be written as CAP: {error}") from error
        signed = self._signed(area, message, xml)
        write_durable(self._path(area), xml)
        return signed

    def _signed(self, area: str, message: CapMessage, xml: bytes) -> SignedAlert:
        return SignedAlert(area, message.identifier, sign(xml, CAP_TYPE, self.signers))

    def _path(self, area: str) -> Path:
        if not is_name(area):
            raise StatementError(f"The area {area[:64]!r} is not a plain name.")
        return self.folder / f"{area}{SUFFIX}"


def _still_holds(message: CapMessage, now: datetime) -> bool:
    """Whether devices show it as an actual alert."""
    over = message.msg_type is MsgType.CANCEL or alert_of(message).expires <= now
    return message.status == ACTUAL and not over


def _earlier(last: CapMessage) -> tuple[CapReference, ...]:
    """What a message after `last` ends: that one and all before it.

    A device that was off has missed messages, since the broker keeps the newest of an area only.
    """
    this = CapReference(last.sender, last.identifier, last.sent)
    return (*last.references, this)[-MAX_EARLIER:]


def _info(order: AlertOrder, text: AlertText) -> CapInfo:
    return CapInfo(
        language=text.language,
        category=CATEGORY,
        event=text.event,
        urgency=order.urgency,
        severity=order.severity,
        certainty=order.certainty,
        expires=order.expires.replace(microsecond=0),
        headline=text.headline,
        description=text.description,
        instruction=text.instruction,
        areas=(order.place or order.area,),
    )
