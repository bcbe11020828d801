"""PINs as Argon2id hashes (RFC 9106), few at a time; it counts no tries and keeps nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from secrets import token_hex
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_PEPPER_JOINT: Final = "|"


@dataclass(frozen=True)
class HashCost:
    """The parameters of Argon2id; the defaults are RFC 9106 section 4, second recommended.

    Attributes:
        passes: t, how often the memory is gone over.
        memory_kib: m, in KiB.
        lanes: p.
    """

    passes: int = 3
    memory_kib: int = 1 << 16
    lanes: int = 4


class PinHashes:
    """Hashes and checks PINs in threads of its own.

    At most `parallel` are reckoned at once, so that any number of guesses takes at most `parallel`
    times the memory of one; the others wait.
    """

    def __init__(self, cost: HashCost, parallel: int, pepper: bytes) -> None:
        self._hasher = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._pepper = pepper.hex()
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="pin")
        self._nobodys = self._threads.submit(self.make, token_hex())

    def make(self, pin: str) -> str:
        """The hash of a PIN, with its parameters and salt (PHC string format)."""
        return self._hasher.hash(self._peppered(pin))

    async def fits(self, made: str | None, pin: str) -> bool:
        """True when that is the PIN's hash; without a hash the same work is done for nothing."""
        loop = asyncio.get_running_loop()
        check = partial(self._check, made, pin)
        good = await loop.run_in_executor(self._threads, check)
        return good and made is not None

    def close(self) -> None:
        """Wait for no one."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _check(self, made: str | None, pin: str) -> bool:
        try:
            hashed = self._nobodys.result() if made is None else made
            return self._hasher.verify(hashed, self._peppered(pin))
        except (VerificationError, InvalidHashError):
            return False

    def _peppered(self, pin: str) -> str:
        # The pepper lies outside the database: a copy of the database alone opens no PIN.
        return self._pepper + _PEPPER_JOINT + pin
