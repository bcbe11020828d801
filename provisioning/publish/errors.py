"""What can go wrong when something is published; it decides nothing."""


class PublishError(Exception):
    """Nothing was published; the message is one sentence that names what and why."""
