"""Which signals a participant may send to whom. Signals are passed on, never stored, and never trusted. Pure.

The data passed on is rebuilt from what was read, so a signal carries the fields of its type and nothing else. Each type
has its addressees and its size; the consumer limits how often they come (`SIGNAL_BYTES`).
"""

from collections.abc import Callable
from typing import NamedTuple

from supportcenter.json_types import Json, JsonObject
from supportcenter.refusals import Refused

LONGEST_PAGE, LONGEST_SDP, LONGEST_CANDIDATE, LONGEST_WORD = 40, 48_000, 1_000, 100
MOST_CANDIDATES, MOST_TRACKS, MOST_POINTS = 40, 12, 80
DESCRIPTIONS = {"offer", "answer"}
TRACKS = {"screen", "camera", "voice"}
# Bytes a participant may send to others: a second in the long run, and at once. Six people connect within a second.
SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE = 64_000, 1_000_000


class SignalRefused(Refused):
    code = "signal_refused"
    status = 422


class Rule(NamedTuple):
    to_one: bool
    to_all: bool
    read: Callable[[Json], JsonObject]


def checked_signal(type: str, to: str | None, data: Json) -> JsonObject:
    """The data to pass on, without anything that a signal of this type does not have. Raises SignalRefused."""
    rule = RULES.get(type)
    if rule is None or not (rule.to_all if to is None else rule.to_one):
        raise SignalRefused
    try:
        return rule.read(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SignalRefused from None


def _typing(data: Json) -> JsonObject:
    return {"typing": bool(data)}


def _page(data: Json) -> JsonObject:
    return {"page": _word(data["page"], LONGEST_PAGE)}


def _description(data: Json) -> JsonObject:
    """An offer or an answer, for one page load of the addressee: another load cannot use it."""
    kind = _one_of(data["type"], DESCRIPTIONS)
    sdp = _word(data["sdp"], LONGEST_SDP)
    return {**_page(data), "for": _word(data.get("for") or "", LONGEST_PAGE, least=0), "type": kind, "sdp": sdp}


def _candidates(data: Json) -> JsonObject:
    candidates = [_candidate(each) for each in _list(data["candidates"], MOST_CANDIDATES)]
    return {**_page(data), "for": _word(data.get("for") or "", LONGEST_PAGE, least=0), "candidates": candidates}


def _candidate(data: Json) -> JsonObject:
    line = data.get("sdpMLineIndex")
    return {
        "candidate": _word(data["candidate"], LONGEST_CANDIDATE, least=0),
        "sdpMid": None if data.get("sdpMid") is None else _word(data["sdpMid"], LONGEST_WORD, least=0),
        "sdpMLineIndex": None if line is None else _whole(line),
        "usernameFragment": None
        if data.get("usernameFragment") is None
        else _word(data["usernameFragment"], LONGEST_WORD, least=0),
    }


def _track_info(data: Json) -> JsonObject:
    return {**_page(data), "tracks": [_track(each) for each in _list(data["tracks"], MOST_TRACKS)]}


def _track(data: Json) -> JsonObject:
    return {
        "stream": _word(data["stream"], LONGEST_WORD),
        "kind": _one_of(data["kind"], TRACKS),
        "activity": _whole(data["activity"]),
        "muted": bool(data.get("muted")),
        "gone": bool(data.get("gone")),
    }


def _pointer(data: Json) -> JsonObject:
    """Where a participant points at a shared screen, in fractions of its width and height; `at` is None for nowhere."""
    at = data.get("at")
    return {"activity": _whole(data["activity"]), "at": None if at is None else _point(at)}


def _stroke(data: Json) -> JsonObject:
    points = [_point(each) for each in _list(data["points"], MOST_POINTS)]
    return {"activity": _whole(data["activity"]), "stroke": _word(data["stroke"], LONGEST_PAGE), "points": points}


def _cleared(data: Json) -> JsonObject:
    return {"activity": _whole(data["activity"])}


def _progress(data: Json) -> JsonObject:
    """How many bytes of a file the sender has uploaded, for its receiver."""
    return {"file": _whole(data["file"]), "at": _whole(data["at"])}


RULES = {
    "typing": Rule(False, True, _typing),
    # A page that has just connected: those who share something send it an offer.
    "rtc.hello": Rule(True, True, _page),
    "rtc.bye": Rule(True, True, _page),
    "rtc.description": Rule(True, False, _description),
    "rtc.candidate": Rule(True, False, _candidates),
    "rtc.track-info": Rule(True, True, _track_info),
    "pointer.moved": Rule(False, True, _pointer),
    "draw.stroke": Rule(False, True, _stroke),
    "draw.cleared": Rule(False, True, _cleared),
    "file.progress": Rule(True, False, _progress),
}


def _word(value: Json, longest: int, *, least: int = 1) -> str:
    if not isinstance(value, str) or not least <= len(value) <= longest:
        raise ValueError
    return value


def _whole(value: Json) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value


def _one_of(value: Json, allowed: set[str]) -> Json:
    if value not in allowed:
        raise ValueError
    return value


def _list(value: Json, most: int) -> list[Json]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return value


def _point(value: Json) -> list[float]:
    x, y = value
    if not (isinstance(x, int | float) and isinstance(y, int | float) and 0 <= x <= 1 and 0 <= y <= 1):
        raise ValueError
    return [round(float(x), 4), round(float(y), 4)]
