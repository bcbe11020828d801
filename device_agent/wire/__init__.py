"""The language of the wire: topics, statements, commands, reports, local messages."""

from device_agent.wire.strict_json import WireError

__all__ = ["WireError"]
