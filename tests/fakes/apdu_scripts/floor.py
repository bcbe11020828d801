"""The least time a reading can take: its very commands, with nothing reckoned on either side."""

import time
from collections.abc import Callable

from tests.fakes.apdu_scripts.script import Script


def floor(script: Script, transmit: Callable[[bytes], bytes]) -> float:
    """Send a script's commands to its ``ScriptCard`` and give the seconds it took.

    Args:
        script: which conversation.
        transmit: through the reader that is measured; the card on it was just reset.

    Raises:
        ValueError: the card gave another answer.
    """
    begun = time.perf_counter()
    answers = [transmit(step.command) for step in script.steps]
    taken = time.perf_counter() - begun
    if answers != [step.answer for step in script.steps]:
        raise ValueError("The card on the reader does not play this script.")
    return taken
