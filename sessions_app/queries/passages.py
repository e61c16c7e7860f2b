"""How a session came from one CSR to another, and who came to assist. Not stored: it follows from the log. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from supportcenter.live.models import Event

TOLD_BY = (
    "participant.joined", "control.transferred", "control.released", "assistant.asked", "help.asked", "help.answered"
)  # fmt: skip
# Who takes control and was not in the session joins in the same transaction.
AT_ONCE = timedelta(seconds=2)
RELEASED = "released"
COMES_TO_ASSIST = frozenset({"asked", "helps", "assists"})


@dataclass(frozen=True)
class Passage:
    """The session came to `taker`, a participant's key; None while nobody is in control.

    `why` is that of `control.transferred`, or started, released, asked, helps (a queue was asked) or assists. `giver`
    is a name, or empty.
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
    # By the name of whom a primary asked to assist, or who answered for a queue: why they come, and the primary's.
    asked: dict[str, tuple[str, str]] = {}
    # Who asked a queue, by the request, and since when.
    queues: dict[int, Event] = {}
    primary = ""
    for event in events:
        data = event.data
        if event.type == "assistant.asked":
            asked[data["name"]] = "asked", event.actor_name
        elif event.type == "help.asked":
            queues[data["help"]] = event
        elif event.type == "help.answered" and data["help"] in queues:
            _help_comes(found, asked, queues[data["help"]], data["name"])
        elif event.type == "control.released":
            found.append(Passage(event.at, event.seq, RELEASED, data["from_name"]))
        elif event.type == "control.transferred":
            primary = data["to_name"]
            _take_control(found, event)
        elif event.type == "participant.joined" and data["role"] == "primary":
            primary = data["name"]
            found.append(_passage(event, "started", ""))
        elif event.type == "participant.joined" and data["role"] == "assistant":
            why, asker = asked.pop(data["name"], ("assists", primary))
            found.append(_passage(event, why, asker))
    return found


def _help_comes(found: list[Passage], asked: dict[str, tuple[str, str]], question: Event, name: str) -> None:
    """Who answers joins next; or came by another way since the queue was asked, and has answered by that."""
    for at in reversed(range(len(found))):
        passage = found[at]
        if passage.is_to_assist and passage.taker_name == name and passage.seq > question.seq:
            found[at] = replace(passage, why="helps", giver=question.actor_name)
            return
    asked[name] = "helps", question.actor_name


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
