"""One example of each body, for whoever reads the contract; the values are made up."""

from collections.abc import Mapping
from typing import Any, Final

_ID: Final = "oR2gVb0c9T1xk3mQ7sYwZ4uH8nJ5eL6pA-dFiGhKjBc"
_CLASS_AND_NAME: Final = "00a4040c07a0000002471001"

EXAMPLES: Final[Mapping[str, Any]] = {
    "AnswerBody": {"responses": ["9000", "7c009000"]},
    "ChallengeBody": {
        "login_id": _ID,
        "plain": [_CLASS_AND_NAME],
        "protected": ["0cb0000000"],
        "pace": None,
    },
    "DeviceLoginBody": {
        "id": _ID,
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://id.example/device",
        "verification_uri_complete": "https://id.example/device?user_code=WDJB-MJHT",
        "expires_at": "2026-11-24T12:10:00+01:00",
        "interval": 5,
    },
    "LoginBody": {"document": {"dg1": "YVtfHw==", "sod": "d4IH", "dg14": "boIB"}},
    "PaceBody": {"nonce": "00112233445566778899aabbccddeeff"},
    "PaceCommandsBody": {"commands": ["10860000027c0000"]},
    "PinBody": {"pin": "2580"},
    "Problem": {
        "type": "urn:otevrene-mesto:problem:pin-wrong",
        "title": "This is not the PIN.",
        "status": 403,
        "tries_left": 3,
        "retry_after": 2.0,
    },
    "TokenBody": {
        "token": _ID,
        "expires_at": "2026-11-24T12:05:00+01:00",
        "assurance": "chip-pin",
        "scopes": ["overview", "documents"],
    },
    "WaitingBody": {"interval": 5},
}
"""By the name of the schema."""
