"""A session's state told twice: read from its rows, and put together from its events."""

from copy import deepcopy


def snapshot(session):
    """What everybody on the staff can see of a session now."""
    return {
        "ended": session.end_reason or None,
        "primary": session.primary_id,
        "current_customer": session.current_customer_id if session.is_open else None,
        "present": sorted(session.participants.present().admitted().values_list("pk", flat=True)),
        "lost": sorted(session.participants.present().filter(away_how__startswith="lost").values_list("pk", flat=True)),
        "activities": {
            activity.pk: (activity.kind, activity.state, activity.owner_id)
            for activity in session.activities.alive().order_by("pk")
        },
        "lines": session.chat_messages.count(),
        "conversation": session.conversation,
    }


def replay(events, *, since=None):
    """The state after `events`, which follow an older snapshot or the beginning."""
    state = deepcopy(since) if since else _beginning()
    state |= {"present": set(state["present"]), "lost": set(state["lost"])}
    for event in events:
        _TELLS.get(event.type, _nothing)(state, event.data)
    return state | {"present": sorted(state["present"]), "lost": sorted(state["lost"])}


def _beginning():
    return {
        "ended": None,
        "primary": None,
        "current_customer": None,
        "present": [],
        "lost": [],
        "activities": {},
        "lines": 0,
        "conversation": 1,
    }


def _nothing(state, data):
    pass


def _ended(state, data):
    state.update(ended=data["reason"], current_customer=None, present=set(), lost=set())


def _joined(state, data):
    state["present"].add(data["participant"])
    if data["role"] == "primary":
        state["primary"] = data["participant"]


def _left(state, data):
    state["present"].discard(data["participant"])
    state["lost"].discard(data["participant"])


def _set_activity(state, data, name):
    state["activities"][data["activity"]] = (data["kind"], name, data["owner"])


def _closed(state, data):
    state["conversation"] = data["conversation"] + 1


_TELLS = {
    "session.ended": _ended,
    "participant.joined": _joined,
    "participant.left": _left,
    "participant.lost": lambda state, data: state["lost"].add(data["participant"]),
    "participant.returned": lambda state, data: state["lost"].discard(data["participant"]),
    "customer.switched": lambda state, data: state.update(current_customer=data["participant"]),
    "control.transferred": lambda state, data: state.update(primary=data["to"]),
    "control.released": lambda state, data: state.update(primary=None),
    "activity.requested": lambda state, data: _set_activity(state, data, "requested"),
    "activity.allowed": lambda state, data: _set_activity(state, data, "allowed"),
    "activity.started": lambda state, data: _set_activity(state, data, "running"),
    "activity.moved": lambda state, data: _set_activity(state, data, "running"),
    "activity.stopped": lambda state, data: state["activities"].pop(data["activity"]),
    "chat.said": lambda state, data: state.update(lines=state["lines"] + 1),
    "chat.closed": _closed,
}
