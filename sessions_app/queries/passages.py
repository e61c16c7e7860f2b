"""How a session came from one CSR to another, and who came to assist. Not stored: it follows from the log. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from supportcenter.live.models import Event

TOLD_BY = ("participant.joined", "control.transferred", "control.released", "assistant.asked")
# Who takes control and was not in the session joins in the same transaction.
AT_ONCE = timedelta(seconds=2)
RELEASED = "released"
COMES_TO_ASSIST = frozenset({"asked", "assists"})


@dataclass(frozen=True)
class Passage:
    """The session came to `taker`, a participant's key; None while nobody is in control.

    `why` is that of `control.transferred`, or started, released, asked or assists. `giver` is a name, or empty.
    """

    at: datetime
    seq: int
    why: str
    giver: str = ""
    taker: int | None = None
    taker_name: str = ""

    @property
    def is_to_assist(self) -> bool:
        return self.why in COMES_TO_ASSIST


def passages(events: Iterable[Event]) -> list[Passage]:
    """All of them in order; `events` are those of TOLD_BY, and may be others as well, oldest first."""
    found: list[Passage] = []
    # By the name of whom a primary asked to assist: the primary's.
    asked: dict[str, str] = {}
    primary = ""
    for event in events:
        data = event.data
        if event.type == "assistant.asked":
            asked[data["name"]] = event.actor_name
        elif event.type == "control.released":
            found.append(Passage(event.at, event.seq, RELEASED, data["from_name"]))
        elif event.type == "control.transferred":
            primary = data["to_name"]
            _take_control(found, event)
        elif event.type == "participant.joined" and data["role"] == "primary":
            primary = data["name"]
            found.append(_passage(event, "started", ""))
        elif event.type == "participant.joined" and data["role"] == "assistant":
            asker = asked.pop(data["name"], "")
            found.append(_passage(event, "asked" if asker else "assists", asker or primary))
    return found


def _passage(event: Event, why: str, giver: str) -> Passage:
    return Passage(event.at, event.seq, why, giver, event.data["participant"], event.data["name"])


def _take_control(found: list[Passage], event: Event) -> None:
    data = event.data
    last = found[-1] if found else None
    if last and last.is_to_assist and last.taker == data["to"] and event.at - last.at <= AT_ONCE:
        found.pop()
    passage = Passage(event.at, event.seq, data["why"], data["from_name"], data["to"], data["to_name"])
    waiting = next((at for at in reversed(range(len(found))) if not found[at].is_to_assist), None)
    if data["why"] == "accepted" and waiting is not None and found[waiting].why == RELEASED:
        passage = replace(passage, giver=found.pop(waiting).giver)
    found.append(passage)
