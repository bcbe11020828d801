"""A card that lies still while its inside is changed: saves the time a reader takes to see one."""

from tests.fakes.virtual_card.slot import Card


class Changing:
    """What lies on the reader; to change what is inside is not seen from outside."""

    def __init__(self, inside: Card) -> None:
        self.atr = inside.atr
        self.inside = inside

    def change(self, inside: Card) -> None:
        """Put another card inside, as if just reset; it must have the same answer to reset."""
        if inside.atr != self.atr:
            raise ValueError("A reader would see this card being changed.")
        inside.reset()
        self.inside = inside

    def reset(self) -> None:
        """Reset what is inside."""
        self.inside.reset()

    def answer(self, command: bytes) -> bytes | None:
        """Let what is inside answer."""
        return self.inside.answer(command)
