"""What can go wrong when an identity is given out; it decides nothing."""


class EnrolError(Exception):
    """An identity was refused; the message is one sentence that names what and why."""
