"""A chip played from a script of published commands and answers."""

from kiosk_app.cards.apdu import Command, Response, parse_response


class Script:
    """Answers each published command with the published answer; fails on any other command."""

    def __init__(self, *exchanges: tuple[str, str]) -> None:
        self._exchanges = [(bytes.fromhex(c), bytes.fromhex(a)) for c, a in exchanges]

    def transmit(self, command: bytes) -> bytes:
        expected, answer = self._exchanges.pop(0)
        assert command.hex() == expected.hex()
        return answer

    def send(self, command: Command) -> Response:
        return parse_response(self.transmit(command.encode()))

    def check_done(self) -> None:
        assert self._exchanges == []
