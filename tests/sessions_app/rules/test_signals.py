import pytest

from sessions_app.rules.signals import RULES, SignalRefused, checked_signal

TO = "participant.7"
CANDIDATE = {"candidate": "candidate:1 1 udp 1 10.0.0.1 9 typ host", "sdpMid": "0", "sdpMLineIndex": 0}
WHOLE = {"usernameFragment": None}
GOOD = [
    ("typing", None, True, {"typing": True}),
    ("rtc.hello", None, {"page": "p"}, {"page": "p"}),
    ("rtc.hello", TO, {"page": "p"}, {"page": "p"}),
    ("rtc.bye", None, {"page": "p"}, {"page": "p"}),
    (
        "rtc.description",
        TO,
        {"page": "p", "for": "q", "type": "offer", "sdp": "v=0"},
        {"page": "p", "for": "q", "type": "offer", "sdp": "v=0"},
    ),
    (
        "rtc.candidate",
        TO,
        {"page": "p", "for": "q", "candidates": [CANDIDATE]},
        {"page": "p", "for": "q", "candidates": [CANDIDATE | WHOLE]},
    ),
    (
        "rtc.track-info",
        None,
        {"page": "p", "tracks": [{"stream": "s", "kind": "voice", "activity": 3}]},
        {"page": "p", "tracks": [{"stream": "s", "kind": "voice", "activity": 3, "muted": False, "gone": False}]},
    ),
    ("pointer.moved", None, {"activity": 3, "at": [0.25, 1]}, {"activity": 3, "at": [0.25, 1.0]}),
    ("pointer.moved", None, {"activity": 3, "at": None}, {"activity": 3, "at": None}),
    (
        "draw.stroke",
        None,
        {"activity": 3, "stroke": "a", "points": [[0, 0.123456]]},
        {"activity": 3, "stroke": "a", "points": [[0.0, 0.1235]]},
    ),
    ("draw.cleared", None, {"activity": 3}, {"activity": 3}),
    ("file.progress", "participant.2", {"file": 3, "at": 2**40}, {"file": 3, "at": 2**40}),
]


@pytest.mark.parametrize(("type", "to", "data", "passed_on"), GOOD, ids=[f"{case[0]}-{case[1]}" for case in GOOD])
def test_signal_is_passed_on_with_what_its_type_has_and_no_more(type, to, data, passed_on):
    more = {**data, "html": "<b>"} if isinstance(data, dict) else data

    assert checked_signal(type, to, more) == passed_on


def test_every_type_of_signal_is_tried_here():
    assert {case[0] for case in GOOD} == set(RULES)


@pytest.mark.parametrize(
    ("type", "to", "data"),
    [
        ("rtc.description", None, {"page": "p", "type": "offer", "sdp": "v=0"}),
        ("rtc.description", TO, {"page": "p", "type": "offer", "sdp": "v" * 48_001}),
        ("rtc.description", TO, {"page": "p", "type": "rollback", "sdp": "v=0"}),
        ("rtc.description", TO, {"type": "offer", "sdp": "v=0"}),
        ("rtc.description", TO, "v=0"),
        ("rtc.candidate", TO, {"page": "p", "candidates": [CANDIDATE] * 41}),
        ("rtc.candidate", TO, {"page": "p", "candidates": [{"candidate": "c" * 1001}]}),
        ("rtc.candidate", TO, {"page": "p", "candidates": ["c"]}),
        ("rtc.track-info", None, {"page": "p", "tracks": [{"stream": "s", "kind": "keyboard", "activity": 3}]}),
        ("rtc.track-info", None, {"page": "p", "tracks": [{"stream": "s", "kind": "voice", "activity": True}]}),
        ("rtc.hello", None, None),
        ("pointer.moved", TO, {"activity": 3, "at": [0, 0]}),
        ("pointer.moved", None, {"activity": 3, "at": [0, 1.01]}),
        ("pointer.moved", None, {"activity": 3, "at": [0, True, 1]}),
        ("pointer.moved", None, {"activity": -3, "at": None}),
        ("draw.stroke", None, {"activity": 3, "stroke": "a", "points": [[0, 0]] * 81}),
        ("control.transferred", None, {}),
    ],
)
def test_signal_that_is_not_of_its_type_is_refused(type, to, data):
    with pytest.raises(SignalRefused):
        checked_signal(type, to, data)
