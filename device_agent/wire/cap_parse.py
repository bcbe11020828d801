"""Reads OASIS CAP 1.2 XML from strangers, within limits; it does not ask who sent it."""

import re
from collections.abc import Iterable
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from device_agent.wire.alert import Certainty, Severity, Urgency
from device_agent.wire.cap_message import CapInfo, CapMessage, CapReference, MsgType
from device_agent.wire.strict_json import WireError

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
AREA_CODE = "om-area:"
LIMIT = 28 * 1024  # bytes; so one alert as JSON always fits a line of the local socket
MAX_ELEMENTS = 400
MAX_INFOS = 16
MAX_REFERENCES = 64

_FIRST_YEAR, _LAST_YEAR = 1970, 2200  # so that no reckoning with an instant overflows
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_IDENTIFIER = re.compile(r"[^\s,<&]{1,200}")
_ALERT = frozenset(
    {
        "identifier",
        "sender",
        "sent",
        "status",
        "msgType",
        "source",
        "scope",
        "restriction",
        "addresses",
        "code",
        "note",
        "references",
        "incidents",
        "info",
    }
)
_INFO = frozenset(
    {
        "language",
        "category",
        "event",
        "responseType",
        "urgency",
        "severity",
        "certainty",
        "audience",
        "eventCode",
        "effective",
        "onset",
        "expires",
        "senderName",
        "headline",
        "description",
        "instruction",
        "web",
        "contact",
        "parameter",
        "resource",
        "area",
    }
)
_REPEATED = frozenset(
    {
        "code",
        "info",
        "category",
        "responseType",
        "eventCode",
        "parameter",
        "resource",
        "area",
        "polygon",
        "circle",
        "geocode",
    }
)


def _refuse(what: str) -> WireError:
    return WireError(f"CAP alert: {what}.")


def _root(xml: bytes) -> Element:
    if len(xml) > LIMIT:
        raise _refuse(f"longer than {LIMIT} bytes")
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _refuse("not plain XML without a document type") from error
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise _refuse(f"more than {MAX_ELEMENTS} elements")
    if any(not element.tag.startswith(f"{{{NAMESPACE}}}") for element in root.iter()):
        raise _refuse("an element is not of the CAP 1.2 namespace")
    if _tag(root) != "alert":
        raise _refuse("the outer element is not <alert>")
    return root


def _tag(element: Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def _children(parent: Element, allowed: Iterable[str]) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {name: [] for name in allowed}
    for child in parent:
        name = _tag(child)
        if name not in found or (found[name] and name not in _REPEATED):
            raise _refuse(f"<{name[:32]}> in <{_tag(parent)}> is unknown or stands twice")
        found[name].append(child)
    return found


def _text(found: dict[str, list[Element]], name: str) -> str:
    elements = found[name]
    return (elements[0].text or "").strip() if elements else ""


def _needed(found: dict[str, list[Element]], name: str) -> str:
    text = _text(found, name)
    if not text:
        raise _refuse(f"<{name}> is missing or empty")
    return text


def _moment(text: str, name: str) -> datetime:
    try:
        if _TIME.fullmatch(text) is None:
            raise _refuse(f"<{name}> is not a CAP time such as 2026-11-24T12:00:00+01:00")
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise _refuse(f"<{name}> is not a CAP time such as 2026-11-24T12:00:00+01:00") from error
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise _refuse(f"<{name}> is not of this time")
    return value


def _identifier(text: str, name: str) -> str:
    if _IDENTIFIER.fullmatch(text) is None:
        raise _refuse(f"<{name}> has spaces, commas or more than 200 characters")
    return text


def _references(text: str) -> tuple[CapReference, ...]:
    parts = [part.split(",") for part in text.split()]
    if len(parts) > MAX_REFERENCES or any(len(part) != 3 for part in parts):  # noqa: PLR2004 - a triple
        raise _refuse("<references> is not a short list of sender,identifier,sent")
    return tuple(
        CapReference(
            _identifier(sender, "references"),
            _identifier(identifier, "references"),
            _moment(sent, "references"),
        )
        for sender, identifier, sent in parts
    )


def _targets(codes: list[Element]) -> tuple[str, ...]:
    texts = [(code.text or "").strip() for code in codes]
    return tuple(t.removeprefix(AREA_CODE) for t in texts if t.startswith(AREA_CODE))


def _area(element: Element) -> str:
    found = _children(element, ("areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"))
    return _needed(found, "areaDesc")


def _info(element: Element) -> CapInfo:
    found = _children(element, _INFO)
    try:
        grades = (
            Urgency(_text(found, "urgency")),
            Severity(_text(found, "severity")),
            Certainty(_text(found, "certainty")),
        )
    except ValueError as error:
        raise _refuse("urgency, severity or certainty is none of CAP 1.2") from error
    expires = _text(found, "expires")
    return CapInfo(
        language=_text(found, "language") or "en-US",
        category=_needed(found, "category"),
        event=_needed(found, "event"),
        urgency=grades[0],
        severity=grades[1],
        certainty=grades[2],
        expires=_moment(expires, "expires") if expires else None,
        headline=_text(found, "headline"),
        description=_text(found, "description"),
        instruction=_text(found, "instruction"),
        areas=tuple(_area(area) for area in found["area"]),
    )


def parse_cap(xml: bytes) -> CapMessage:
    """Parse one CAP 1.2 message of at most LIMIT bytes.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    found = _children(_root(xml), _ALERT)
    kind = _needed(found, "msgType")
    if kind not in list(MsgType):
        raise _refuse("<msgType> is not Alert, Update or Cancel")
    if len(found["info"]) > MAX_INFOS:
        raise _refuse(f"more than {MAX_INFOS} <info> blocks")
    message = CapMessage(
        identifier=_identifier(_needed(found, "identifier"), "identifier"),
        sender=_identifier(_needed(found, "sender"), "sender"),
        sent=_moment(_needed(found, "sent"), "sent"),
        status=_needed(found, "status"),
        msg_type=MsgType(kind),
        scope=_needed(found, "scope"),
        references=_references(_text(found, "references")),
        infos=tuple(_info(info) for info in found["info"]),
        targets=_targets(found["code"]),
    )
    _check_whole(message)
    return message


def _check_whole(message: CapMessage) -> None:
    if message.msg_type is not MsgType.ALERT and not message.references:
        raise _refuse(f"{message.msg_type.value} without <references>")
    if message.msg_type is not MsgType.CANCEL and not message.infos:
        raise _refuse(f"{message.msg_type.value} without <info>")
