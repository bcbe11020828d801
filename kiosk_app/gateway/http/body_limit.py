"""Request bodies bounded in size and time before anything reads them (ASGI); it parses nothing."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.problem_answer import problem_answer


class _Gone(Exception):  # noqa: N818 - a state: the other side left before its body was whole
    """Nobody is there any more, and half a body is none."""


class BodyLimit:
    """Reads the whole body, of at most `limit` bytes within `seconds`, and only then goes on."""

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        seconds: float,
        larger: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Prepare; `larger` has the limits of the paths that take more."""
        self._app = app
        self._limit = limit
        self._larger = larger
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive, self._larger.get(scope["path"], self._limit))
        except TimeoutError:
            await problem_answer(ProblemType.TOO_SLOW)(scope, receive, send)
            return
        except _Gone:
            return
        if body is None:
            await problem_answer(ProblemType.TOO_LARGE)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive, limit: int) -> bytes | None:
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            body += message.get("body", b"")
            if len(body) > limit:
                return None
            more = message.get("more_body", False)
        return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
