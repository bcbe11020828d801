"""Writes CAP 1.2 XML that our own parser accepts; it signs nothing."""

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from device_agent.wire.cap_message import CapInfo, CapMessage
from device_agent.wire.cap_parse import AREA_CODE, NAMESPACE, parse_cap


def _add(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = text


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _add_info(parent: Element, info: CapInfo) -> None:
    element = SubElement(parent, "info")
    _add(element, "language", info.language)
    _add(element, "category", info.category)
    _add(element, "event", info.event)
    _add(element, "urgency", info.urgency.value)
    _add(element, "severity", info.severity.value)
    _add(element, "certainty", info.certainty.value)
    _add(element, "expires", _time(info.expires) if info.expires else "")
    _add(element, "headline", info.headline)
    _add(element, "description", info.description)
    _add(element, "instruction", info.instruction)
    for area in info.areas:
        _add(SubElement(element, "area"), "areaDesc", area)


def encode_cap(message: CapMessage) -> bytes:
    """CAP 1.2 XML of the message; instants are written in whole seconds.

    Raises:
        WireError: the message would be refused by `parse_cap`.
    """
    root = Element("alert", xmlns=NAMESPACE)
    _add(root, "identifier", message.identifier)
    _add(root, "sender", message.sender)
    _add(root, "sent", _time(message.sent))
    _add(root, "status", message.status)
    _add(root, "msgType", message.msg_type.value)
    _add(root, "scope", message.scope)
    for target in message.targets:
        _add(root, "code", AREA_CODE + target)
    references = (f"{r.sender},{r.identifier},{_time(r.sent)}" for r in message.references)
    _add(root, "references", " ".join(references))
    for info in message.infos:
        _add_info(root, info)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    parse_cap(xml)
    return xml
