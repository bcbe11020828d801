"""A card that knows one conversation by heart: answers exactly that and refuses everything else."""

from tests.fakes.apdu_scripts.script import Script

_REFUSED = b"\x6f\x00"


class ScriptCard:
    """Plays a script from its beginning after each reset.

    Attributes:
        strayed: commands that the script does not have where they came.
    """

    def __init__(self, script: Script) -> None:
        self.atr = script.atr
        self.strayed = 0
        self._script = script
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self._next = 0

    @property
    def finished(self) -> bool:
        """Whether the whole script was played."""
        return self._next == len(self._script.steps)

    def answer(self, command: bytes) -> bytes | None:
        """Answer the next command of the script; a wrong one leaves the place where it is."""
        if self.finished or self._script.steps[self._next].command != command:
            self.strayed += 1
            return _REFUSED
        self._next += 1
        return self._script.steps[self._next - 1].answer
