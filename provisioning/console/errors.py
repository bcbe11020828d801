"""What can go wrong at the console; it decides nothing."""


class BridgeError(Exception):
    """The broker was not reached or did not take a message; one sentence names what and why."""


class StatementError(Exception):
    """A statement was not signed; one sentence names what and why."""
