"""What was tried in a session so far, from its log: what ran and for how long, what was declined, files. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from sessions_app.models import Activity
from sessions_app.queries.passages import Passage
from sessions_app.queries.receipt_lines import how_long
from sessions_app.queries.timeline import ACTIVITY_OVER
from supportcenter.accounts.capabilities import Capability
from supportcenter.live.models import Event

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TOLD_BY = ("activity.started", "activity.stopped", "file.finished")
# Why something that was asked for never began, as the next CSR wants to know.
IN_VAIN = frozenset({Activity.StopReason.DECLINED, Activity.StopReason.UNANSWERED, Activity.StopReason.FAILED})


@dataclass(frozen=True)
class Tried:
    """`what` with its `length`, or `since` when it goes on; or `in_vain`: why it never began. `by` are names."""

    what: str
    length: str = ""
    since: datetime | None = None
    in_vain: StrOrPromise = ""
    by: tuple[str, ...] = ()


@dataclass
class _Kind:
    """All activities of one kind: when they ran, by activity, and who asked for them."""

    began: dict[int, datetime] = field(default_factory=dict)
    ran: list[tuple[datetime, datetime]] = field(default_factory=list)
    in_vain: str = ""
    by: dict[str, None] = field(default_factory=dict)

    def start(self, activity: int, at: datetime, name: str) -> None:
        self.began.setdefault(activity, at)
        if name:
            self.by[name] = None

    def stop(self, activity: int, at: datetime, reason: str) -> None:
        began = self.began.pop(activity, None)
        if began:
            self.ran.append((began, at))
        elif reason in IN_VAIN:
            self.in_vain = reason

    @property
    def seconds(self) -> float:
        """Of what ran side by side, such as two cameras, a second counts once."""
        total, until = 0.0, None
        for began, ended in sorted(self.ran):
            start = max(began, until) if until else began
            if ended > start:
                total += (ended - start).total_seconds()
                until = ended
        return total


def tried(events: Iterable[Event], passage: Passage) -> list[Tried]:
    """What was tried by the time of this passage, in the order in which policies name it.

    `events` are those of TOLD_BY and `participant.joined`, and may be others as well, oldest first. What ran then and
    is over by now had run from its start to the passage; what still goes on has no length. What an erased customer
    showed, sent or began is left out (E44).
    """
    known = list(events)
    names = {event.data["participant"]: event.data["name"] for event in known if event.type == "participant.joined"}
    kinds: defaultdict[str, _Kind] = defaultdict(_Kind)
    files = 0
    for event in known:
        data = event.data
        is_later = event.seq > passage.seq
        if event.type not in TOLD_BY or _is_erased(data, names):
            continue
        if event.type == "activity.stopped":
            # What ran at that moment no longer goes on; how long it ran afterwards is told by a later passage.
            reason = "" if is_later else data["reason"]
            kinds[data["kind"]].stop(data["activity"], min(event.at, passage.at), reason)
        elif is_later:
            continue
        elif event.type == "activity.started":
            kinds[data["kind"]].start(data["activity"], event.at, names.get(data["requested_by"], ""))
        else:
            files += 1
    return list(_lines(kinds, files))


def _is_erased(data: Mapping[str, int], names: Mapping[int, str]) -> bool:
    people = (data.get(fact) for fact in ("owner", "requested_by", "sender", "receiver"))
    return any(pk is not None and names.get(pk) == "" for pk in people)


def _lines(kinds: Mapping[str, _Kind], files: int) -> Iterator[Tried]:
    for capability in Capability:
        kind = kinds.get(capability)
        if capability == Capability.FILES:
            if files:
                yield Tried(ngettext("%(count)d file", "%(count)d files", files) % {"count": files})
        elif kind and (kind.began or kind.ran):
            length = how_long(kind.seconds) if kind.ran else ""
            since = min(kind.began.values(), default=None)
            yield Tried(str(capability.label), length, since, by=tuple(kind.by))
        elif kind and kind.in_vain:
            yield Tried(str(capability.label), in_vain=ACTIVITY_OVER[kind.in_vain])
