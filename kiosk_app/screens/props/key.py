"""What can be touched, as a plain value; it does not know what a touch does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """Something to touch: `action` and `argument` are what it says to `intents`."""

    label: str
    action: str
    argument: str = ""
    name: str = ""
    """Its object name, for whoever has to find it on the screen."""
    icon: str = ""
