"""All events and signals of distribution.

The stream `inbox.<user pk>` has what concerns one agent (beside what any CSR hears on it, `sessions_app/events`),
`request.<key>` what concerns one waiting customer. What many watch, the queues and the agents, has only the signal
`board.changed`: a page that misses it reads all on its return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportcenter.live.log.eventlog import STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import SupportSession
    from webacd.models import Agent, HelpQuestion, HelpRequest, LeftMessage, Offer, SupportRequest

# Signals, which are never stored.
BOARD_CHANGED = "board.changed"
POSITION_TOLD = "position.told"
MONITOR = "monitor"


def offer_made(offer: Offer) -> Draft:
    """The agent can accept until `expires_at`."""
    return Draft(
        "offer.made",
        {"offer": offer.pk, "request": offer.request_id, "expires_at": offer.expires_at.isoformat()},
    )


def offer_over(offer: Offer, *, taken_by: str = "") -> Draft:
    """`state` says how it ended; `taken_by` who accepted first (E20)."""
    return Draft(
        "offer.over",
        {"offer": offer.pk, "request": offer.request_id, "state": offer.state, "taken_by": taken_by},
    )


def offer_accepted(offer: Offer, session: SupportSession) -> Draft:
    """The agent's inbox opens the session."""
    return Draft("offer.accepted", {"offer": offer.pk, "request": offer.request_id, "session": session.key})


def agent_status(agent: Agent) -> Draft:
    return Draft("agent.status", {"agent": agent.pk, "status": agent.status, "cause": agent.away_cause})


def transfer_over(request: SupportRequest) -> Draft:
    """What became of a session, for the CSR who relinquished it."""
    taken_by = request.answered_by.display_name if request.answered_by else ""
    return Draft("transfer.over", {"request": request.pk, "outcome": request.outcome, "taken_by": taken_by})


def message_left(message: LeftMessage) -> Draft:
    return Draft("message.left", {"message": message.pk, "queue": message.queue_id})


def message_answered(message: LeftMessage) -> Draft:
    return Draft("message.answered", {"message": message.pk})


def request_entered(request: SupportRequest) -> Draft:
    return Draft("request.entered", {"queue": request.queue_id})


def request_moved(request: SupportRequest) -> Draft:
    """It waits in another queue, by overflow or because a manager moved it."""
    return Draft("request.moved", {"queue": request.queue_id})


def request_answered(request: SupportRequest) -> Draft:
    return Draft("request.answered", {})


def request_over(request: SupportRequest) -> Draft:
    return Draft("request.over", {"outcome": request.outcome})


# ---- asking a queue for help (E64): the first three on the stream of the session


def help_asked(request: HelpRequest, agents: int) -> Draft:
    """So many agents of the queue were asked, named in both languages since the record outlives the queue."""
    queue = request.queue
    names = {"queue": queue.name, "queue_ar": queue.name_ar} if queue else {"queue": "", "queue_ar": ""}
    return Draft("help.asked", {"help": request.pk, **names, "agents": agents}, STAFF)


def help_answered(request: HelpRequest, name: str) -> Draft:
    return Draft("help.answered", {"help": request.pk, "name": name}, STAFF)


def help_ended(request: HelpRequest) -> Draft:
    """No one came; `outcome` says why."""
    return Draft("help.ended", {"help": request.pk, "outcome": request.outcome}, STAFF)


def help_wanted(question: HelpQuestion) -> Draft:
    """On the stream of an agent who is asked; who asks is the actor."""
    by = question.request.asked_by
    return Draft("help.wanted", {"question": question.pk, "name": by.display_name if by else ""})


def help_over(question: HelpQuestion, *, taken_by: str = "") -> Draft:
    """The question needs no answer any more; `taken_by` says who joined instead."""
    return Draft("help.over", {"question": question.pk, "state": question.state, "taken_by": taken_by})
