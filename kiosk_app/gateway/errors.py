"""What whoever runs the gateway can mend, under one root; which sentence it is, others say."""


class CannotServe(Exception):  # noqa: N818 - a state of the installation, not a mistake of ours
    """The gateway cannot work as it is set up; one sentence that names the place."""
