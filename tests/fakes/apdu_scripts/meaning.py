"""Says in words what a command asks of a card; for the comments of scripts."""

_FILES = {
    b"\x3f\x00": "the master file",
    b"\x01\x1c": "EF.CardAccess",
    b"\x2f\x01": "EF.ATR/INFO",
    b"\x01\x01": "EF.DG1",
    b"\x01\x0e": "EF.DG14",
    b"\x01\x0f": "EF.DG15",
    b"\x01\x1d": "EF.SOD, or EF.CardSecurity outside the application",
    b"\x00\x01": "the identification certificate",
    b"\x01\x32": "the second certificate",
}
_APPLICATIONS = {
    bytes.fromhex("A0000002471001"): "the travel document",
    bytes.fromhex("D20310010001000202"): "card management",
    bytes.fromhex("D2031001000103020100"): "file management",
}
_OBJECTS = {
    0x01: "card number",
    0x02: "serial number",
    0x82: "IOK state",
    0x83: "IOK tries left",
    0x84: "IOK tries at most",
    0x8B: "DOK state",
    0x8C: "DOK tries left",
    0x8D: "DOK tries at most",
}
_PACE_STEPS = {
    b"": "the nonce",
    b"\x81": "map the nonce",
    b"\x83": "agree on a key",
    b"\x85": "exchange tokens",
}


def meaning(header: bytes, data: bytes) -> str:  # noqa: PLR0911 - a line for each instruction
    """Say it; ``header`` without the class's bits of secure messaging."""
    match header[1]:
        case 0xA4 if header[2] == 0x04:
            return f"SELECT {_APPLICATIONS.get(data, 'an application')}"
        case 0xA4:
            return f"SELECT {_FILES.get(data, 'a file')}"
        case 0xB0:
            return f"READ BINARY at {int.from_bytes(header[2:], 'big')}"
        case 0x22:
            return "MSE:Set AT, choose the protocol"
        case 0x86:
            return f"GENERAL AUTHENTICATE, {_PACE_STEPS.get(data[2:3], 'a step')}"
        case 0x84:
            return "GET CHALLENGE"
        case 0x82:
            return "EXTERNAL AUTHENTICATE, each side shows its key"
        case 0xC0:
            return "GET RESPONSE"
        case 0xCA:
            return f"GET DATA, {_OBJECTS.get(header[3], 'an object')}"
        case instruction:
            return f"instruction {instruction:02X}"
