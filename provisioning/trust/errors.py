"""The one refusal of this language; it decides nothing."""


class NotTrusted(Exception):  # noqa: N818 - the word the design uses: a refusal, not a fault of ours
    """A statement was refused; the message is one sentence that names what and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
