"""Signs a city's CAP 1.2 alerts, one message in force for each area; it sends nothing."""

import secrets
from collections.abc import Sequence
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
    encode_cap,
    parse_cap,
)
from device_agent.wire.strict_json import WireError
from device_agent.wire.topics import is_name
from provisioning.console.errors import StatementError
from provisioning.durable_file import write_durable
from provisioning.trust import CAP_TYPE, sign

CATEGORY: Final = "Safety"


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
    status: str = "Actual"
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
            StatementError: the area is no name, the end is past, or CAP does not allow the text.
        """
        if order.expires <= now:
            raise StatementError(f"The alert would have expired at {order.expires.isoformat()}.")
        before = self.in_force(order.area)
        infos = tuple(_info(order, text) for text in order.texts)
        kind = MsgType.UPDATE if before else MsgType.ALERT
        return self._signed(order.area, kind, order.status, before, infos, now)

    def cancel_alert(self, area: str, now: datetime) -> SignedAlert:
        """Sign the cancellation of the alert in force in an area.

        Raises:
            StatementError: there is none.
        """
        before = self.in_force(area)
        if before is None:
            raise StatementError(f"No alert is in force in the area {area!r}.")
        return self._signed(area, MsgType.CANCEL, before.status, before, before.infos, now)

    def in_force(self, area: str) -> CapMessage | None:
        """The last message of an area unless it was a cancellation.

        Raises:
            StatementError: the area is no name or the saved message cannot be read.
        """
        path = self._path(area)
        try:
            message = parse_cap(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, WireError) as error:
            raise StatementError(f"The saved alert {path} cannot be read: {error}.") from error
        return None if message.msg_type is MsgType.CANCEL else message

    def _signed(
        self,
        area: str,
        kind: MsgType,
        status: str,
        before: CapMessage | None,
        infos: tuple[CapInfo, ...],
        now: datetime,
    ) -> SignedAlert:
        message = CapMessage(
            identifier=f"{area}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}",
            sender=self.sender,
            sent=now.replace(microsecond=0),
            status=status,
            msg_type=kind,
            references=(_reference(before),) if before else (),
            infos=infos,
        )
        try:
            xml = encode_cap(message)
        except WireError as error:
            raise StatementError(f"The alert cannot be written as CAP: {error}") from error
        write_durable(self._path(area), xml)
        return SignedAlert(area, message.identifier, sign(xml, CAP_TYPE, self.signers))

    def _path(self, area: str) -> Path:
        if not is_name(area):
            raise StatementError(f"The area {area[:64]!r} is not a plain name.")
        return self.folder / f"{area}.cap.xml"


def _reference(message: CapMessage) -> CapReference:
    return CapReference(message.sender, message.identifier, message.sent)


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
