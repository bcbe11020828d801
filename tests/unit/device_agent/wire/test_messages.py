"""Every message of the wire comes back as it went, and damaged ones are refused in a sentence."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device_agent.wire import WireError, command, desired, event, hint, local, reported, status
from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=1)))
INFO = AlertInfo("cs", "Povodeň", "Titulek", "Popis\n2. řádek", "Pokyn", "Liberec")
ALERT = Alert("a-1", NOW, Severity.SEVERE, Urgency.EXPECTED, Certainty.LIKELY, NOW, (INFO, INFO))
REPORTED = reported.Reported(
    device="lobby-001",
    boot_id="b",
    agent_version="1",
    slot="A",
    release="1.0.0",
    update=reported.ReportedUpdate(reported.UpdatePhase.IDLE, "", ""),
    programme=reported.ReportedProgramme("lobby", "0" * 64, 3),
    verdict=reported.ReportedVerdict(healthy=False, reasons=("player: no beat yet",)),
    desired_serial=4,
    alerts=("a-1",),
    refused=(("alert-expired", 2),),
)
RELEASE = desired.DesiredRelease("2.0", "release/2.0.json")
DESIRED = desired.DesiredState("lobby-001", 1, NOW, "lobby", ("liberec",), RELEASE)
EVENT = event.Event("lobby-001", 7, local.AlertShown("player", "a-1", NOW))
PLAY = event.Event("lobby-001", 8, local.ProofOfPlay("video", NOW, NOW, "base"))

FROM_PROGRAM: list[local.ProgramMessage] = [
    local.Hello("kiosk", 1, "1"),
    local.Beat("player", healthy=False, showing="video", problems=("black",)),
    local.AlertShown("kiosk", "a-1", NOW),
    local.ProofOfPlay("video", NOW, NOW, "base"),
]
FROM_AGENT: list[local.AgentMessage] = [
    local.Alerts((ALERT,)),
    local.ProgrammeReady("/x", "0" * 64),
    local.Connection(online=True),
]

ROUND_TRIPS: list[tuple[object, bytes, Callable[[bytes], object]]] = [
    (REPORTED, reported.encode_reported(REPORTED), reported.decode_reported),
    (DESIRED, desired.encode_desired(DESIRED), desired.decode_desired),
    (EVENT, event.encode_event(EVENT), event.decode_event),
    (PLAY, event.encode_event(PLAY), event.decode_event),
    (hint.Hint("content"), hint.encode_hint(hint.Hint("content")), hint.decode_hint),
    *(
        (found, status.encode_status(found), status.decode_status)
        for found in [status.Status("lobby-001", online=True, boot_id="b", since=NOW)]
    ),
    *(
        (found, command.encode_command(found), command.decode_command)
        for found in [command.Command("lobby-001", "c-1", "reload", NOW, NOW)]
    ),
    *(
        (found, command.encode_result(found), command.decode_result)
        for found in [
            command.CommandResult("lobby-001", "c-1", command.CommandStatus.FAILED, "why", NOW)
        ]
    ),
    *((found, local.encode(found)[:-1], local.decode_from_program) for found in FROM_PROGRAM),
    *((found, local.encode(found)[:-1], local.decode_from_agent) for found in FROM_AGENT),
]


@pytest.mark.parametrize(("message", "data", "decode"), ROUND_TRIPS)
def test_a_message_comes_back_as_it_went(
    message: object, data: bytes, decode: Callable[[bytes], object]
) -> None:
    assert decode(data) == message
    assert b"\n" not in data


@pytest.mark.parametrize(("message", "data", "decode"), ROUND_TRIPS)
def test_an_unknown_field_is_refused(
    message: object, data: bytes, decode: Callable[[bytes], object]
) -> None:
    del message
    members = json.loads(data) | {"extra": 1}
    with pytest.raises(WireError, match=r"unknown field 'extra'\.$"):
        decode(json.dumps(members).encode())


@pytest.mark.parametrize(("message", "data", "decode"), ROUND_TRIPS)
@given(st.data())
def test_a_member_of_another_kind_is_refused_in_one_sentence(
    message: object, data: bytes, decode: Callable[[bytes], object], draw: st.DataObject
) -> None:
    members = json.loads(data)
    key = draw.draw(st.sampled_from(sorted(members)))
    members[key] = draw.draw(
        st.sampled_from([None, 1.5, True, -1, 2**70, "x" * 70_000, "\ud800", [[]], {"a": {}}, [1]])
    )
    try:
        found = decode(json.dumps(members).encode())
    except WireError as error:
        assert str(error).endswith(".")  # noqa: PT017 - some draws are no damage
    else:
        assert type(found) is type(message)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b"{", b'{"what":"a","what":"b"}', b'{"what":NaN}', b"\xff",
        b'{"what":"a"}' + b" " * 2000, b'{"what":"\\ud800"}', b'{"what":"a\\u0000"}',
        b"[" * 100_000, b'{"what":' + b"1" * 900 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_plain_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(WireError, match=r"^hint"):
        hint.decode_hint(data)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"device": "a/b"}, "'device' is not a plain name"),
        ({"areas": ["#"]}, "'areas' is not a plain name"),
        ({"serial": 0}, "'serial' must be a whole number"),
        ({"issued": "2026-11-24T12:00:00"}, "'issued' must be an"),
        ({"issued": "0001-01-01T00:00:00+14:00"}, "'issued' must be an"),
        ({"issued": "yesterday"}, "'issued' must be an"),
        ({"release": {"version": "2", "target": "release/3.json"}}, "not the target of"),
        ({"release": []}, "'release' must be an object"),
    ],
)
def test_a_damaged_desired_state_is_refused(change: dict[str, object], sentence: str) -> None:
    members = json.loads(desired.encode_desired(DESIRED)) | change
    with pytest.raises(WireError, match=sentence):
        desired.decode_desired(json.dumps(members).encode())


def test_a_desired_state_may_name_no_release_and_a_report_no_programme() -> None:
    state = desired.DesiredState("lobby-001", 1, NOW, "lobby", (), None)
    assert desired.decode_desired(desired.encode_desired(state)) == state
    members = json.loads(reported.encode_reported(REPORTED)) | {"programme": None}
    assert reported.decode_reported(json.dumps(members).encode()).programme is None


def test_words_outside_a_closed_list_are_refused() -> None:
    members = json.loads(reported.encode_reported(REPORTED))
    members["update"]["phase"] = "Exploding"
    with pytest.raises(WireError, match="phase"):
        reported.decode_reported(json.dumps(members).encode())
    members["update"]["phase"] = "Idle"
    with pytest.raises(WireError, match="refused"):
        reported.decode_reported(
            json.dumps(members | {"refused": {str(i): 1 for i in range(65)}}).encode()
        )
    with pytest.raises(WireError, match="status"):
        command.decode_result(
            b'{"device":"d","id":"c","status":"maybe","reason":"","at":"2026-11-24T12:00:00Z"}'
        )
    with pytest.raises(WireError, match="'id' is not"):
        command.decode_command(
            command.encode_command(command.Command("d", "a/b", "reload", NOW, NOW))
        )
    with pytest.raises(WireError, match="kind"):
        event.decode_event(b'{"device":"d","number":1,"kind":"x","body":{}}')


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"type":"alerts","alerts":[]}', "none a program may send"),
        (b'{"type":"beat","program":"root"}', "neither kiosk nor player"),
    ],
)
def test_a_program_may_not_say_this(line: bytes, sentence: str) -> None:
    with pytest.raises(WireError, match=sentence):
        local.decode_from_program(line)


def test_an_agent_may_not_say_this() -> None:
    with pytest.raises(WireError, match="none an agent sends"):
        local.decode_from_agent(b'{"type":"hello"}')
    members = json.loads(local.encode(local.Alerts((ALERT,))))
    members["alerts"][0]["severity"] = "Awful"
    with pytest.raises(WireError, match=r"none of CAP 1\.2"):
        local.decode_from_agent(json.dumps(members).encode())


def test_alerts_are_ranked_and_cut_to_one_line() -> None:
    long = AlertInfo("cs", "e", "h", "x" * 20_000, "", "")
    alerts = [
        Alert(f"a-{i}", NOW.astimezone(UTC), s, Urgency.IMMEDIATE, Certainty.LIKELY, NOW, (long,))
        for i, s in enumerate([Severity.MINOR, Severity.EXTREME, Severity.SEVERE, Severity.UNKNOWN])
    ]
    chosen = local.fitting(alerts)
    assert [a.identifier for a in chosen.alerts] == ["a-1", "a-2", "a-0"]
    assert len(local.encode(chosen)) <= local.MAX_LINE
    with pytest.raises(WireError, match="longer than"):
        local.encode(local.Alerts(tuple(alerts)))


def test_only_three_answers_to_a_command_are_final() -> None:
    final = [s.value for s in command.CommandStatus if s.final]
    assert final == ["succeeded", "failed", "refused"]
