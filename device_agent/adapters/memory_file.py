"""Keeps the agent's memory in one file, replaced at once; a damaged one is set aside."""

import logging
from pathlib import Path

from device_agent.core.agent_words import Memory
from device_agent.core.memory import decode_memory, encode_memory
from device_agent.link.atomic_file import write_atomic
from device_agent.wire import WireError

logger = logging.getLogger(__name__)


class MemoryFile:
    """The file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Memory:
        """What was saved last; an empty memory when there is none or it is damaged."""
        try:
            return decode_memory(self._path.read_bytes())
        except FileNotFoundError:
            return Memory()
        except WireError as error:
            aside = self._path.with_suffix(".damaged")
            logger.warning("The memory was damaged and is kept as %s: %s", aside, error)
            self._path.replace(aside)
            return Memory()

    def save(self, memory: Memory) -> None:
        """Replace the file.

        Raises:
            OSError: the disk refused; what was saved before is still there.
        """
        write_atomic(self._path, encode_memory(memory), 0o600)
