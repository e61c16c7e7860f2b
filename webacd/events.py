"""What can happen in distribution: the one list of its events.

On `inbox.<user pk>`: what concerns one agent. On `request.<key>`: what concerns one waiting customer. What many watch,
the lines and who is free, is told by the signal `board.changed` instead: whoever misses it looks when he is back.
"""

from supportcenter.live.log.eventlog import Draft

# Signals: fleeting, never stored.
BOARD_CHANGED = "board.changed"
POSITION_TOLD = "position.told"
MONITOR = "monitor"


def offer_made(offer):
    """An agent is asked: until `expires_at` he may accept."""
    return Draft(
        "offer.made",
        {"offer": offer.pk, "request": offer.request_id, "expires_at": offer.expires_at.isoformat()},
    )


def offer_over(offer, *, taken_by=""):
    """`state` says how; `taken_by` who was first (E20)."""
    return Draft(
        "offer.over",
        {"offer": offer.pk, "request": offer.request_id, "state": offer.state, "taken_by": taken_by},
    )


def offer_accepted(offer, session):
    """The agent's console opens the session."""
    return Draft("offer.accepted", {"offer": offer.pk, "request": offer.request_id, "session": session.key})


def agent_status(agent):
    return Draft("agent.status", {"agent": agent.pk, "status": agent.status, "cause": agent.away_cause})


def transfer_over(request):
    """To the one who relinquished a session: what became of it."""
    taken_by = request.answered_by.display_name if request.answered_by else ""
    return Draft("transfer.over", {"request": request.pk, "outcome": request.outcome, "taken_by": taken_by})


def message_left(message):
    return Draft("message.left", {"message": message.pk, "queue": message.queue_id})


def message_answered(message):
    return Draft("message.answered", {"message": message.pk})


def request_entered(request):
    return Draft("request.entered", {"queue": request.queue_id})


def request_moved(request):
    """To another queue: overflow, or a manager's hand."""
    return Draft("request.moved", {"queue": request.queue_id})


def request_answered(request):
    return Draft("request.answered", {})


def request_over(request):
    return Draft("request.over", {"outcome": request.outcome})
