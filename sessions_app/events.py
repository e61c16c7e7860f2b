"""What can happen in a session: the one list of its events, each built by a function of the same words.

An event carries facts, never sentences: viewers differ in language and in what they may see. `STAFF` events reach CSRs
and not customers.
"""

from supportcenter.live.log.eventlog import EVERYONE, STAFF, Draft


def session_started(session):
    return Draft("session.started", {"mode": session.mode})


def session_ended(session):
    return Draft("session.ended", {"reason": session.end_reason})


def session_quiet(session):
    """E40: nothing happened for long; the session ends at `ends_at` unless something does."""
    return Draft("session.quiet", {"ends_at": session.quiet_ends_at.isoformat()}, STAFF)


def session_stirred(session):
    return Draft("session.stirred", {}, STAFF)


def participant_joined(participant):
    return Draft("participant.joined", _who(participant))


def participant_waiting(participant):
    """E37: somebody is in the lobby."""
    return Draft("participant.waiting", _who(participant), STAFF)


def lobby_left():
    """On the waiting customer's own stream: let in or turned away; his page looks which."""
    return Draft("lobby.left", {})


def participant_lost(participant, until):
    """E2: the connection is gone; whoever waits for this person sees the seconds until `until`."""
    return Draft("participant.lost", {**_who(participant), "until": until.isoformat()})


def participant_returned(participant):
    return Draft("participant.returned", _who(participant))


def participant_left(participant):
    audience = EVERYONE if participant.is_admitted else STAFF
    return Draft("participant.left", {**_who(participant), "reason": participant.left_reason}, audience)


def customer_switched(participant):
    return Draft("customer.switched", {"participant": participant.pk if participant else None})


def join_refused(name, reason):
    """E31: the primary is told who could not come in, and why."""
    return Draft("join.refused", {"name": name, "reason": reason}, STAFF)


def link_renewed():
    return Draft("link.renewed", {}, STAFF)


def chat_said(message):
    file = {"file": _file_facts(message.file)} if message.file_id else {}
    return Draft(
        "chat.said",
        {
            "message": message.pk,
            "participant": message.participant_id,
            "text": message.text,
            "client_id": message.client_id,
            "conversation": message.conversation,
            **file,
        },
    )


def chat_closed(session):
    """E14: a transfer closes the conversation; a fresh one opens for those present."""
    return Draft("chat.closed", {"conversation": session.conversation})


def session_branched(session, branch):
    """E34: in multi-session mode a further customer gets a session of their own, a tab of `participant` alone."""
    facts = {"session": branch.key, "number": branch.number, "participant": session.primary_id}
    return Draft("session.branched", facts, STAFF)


def control_transferred(former, primary, *, why):
    """`why` is transferred, returned, vanished (E5), or accepted, when nobody was in control before (S81)."""
    giver = {"from": former.pk, "from_name": former.name} if former else {"from": None, "from_name": ""}
    return Draft("control.transferred", {**giver, "to": primary.pk, "to_name": primary.name, "why": why})


def control_released(former):
    """Nobody is in control until the next representative accepts (E4, E17)."""
    return Draft("control.released", {"from": former.pk, "from_name": former.name})


def activity_requested(activity, until):
    return Draft("activity.requested", {**_what(activity), "until": until.isoformat()})


def activity_allowed(activity):
    return Draft("activity.allowed", _what(activity))


def activity_started(activity):
    return Draft("activity.started", {**_what(activity), "details": activity.details})


def activity_stopped(activity):
    failure = {"failure": activity.details["failure"]} if "failure" in activity.details else {}
    return Draft("activity.stopped", {**_what(activity), "reason": activity.stop_reason, **failure})


def activity_moved(activity):
    """E16: the call goes on, hosted by the new primary."""
    return Draft("activity.moved", _what(activity))


def call_declined(call, participant):
    """A representative does not take part in the call; a customer's no is a consent."""
    return Draft("call.declined", {"activity": call.pk, "participant": participant.pk, "name": participant.name})


def recording_paused(recording):
    return Draft("recording.paused", _of_recording(recording))


def recording_resumed(recording):
    return Draft("recording.resumed", _of_recording(recording))


def recording_saved(recording):
    """It is finished, and can be played by those who may read the session's record."""
    facts = {"duration": recording.duration, "size": recording.size}
    return Draft("recording.saved", {**_of_recording(recording), **facts}, STAFF)


def consent_answered(consent):
    return Draft("consent.answered", {**_between(consent), "activity": consent.activity_id, "answer": consent.answer})


def consent_standing(consent):
    return Draft("consent.standing", _between(consent))


def consent_withdrawn(consent):
    return Draft("consent.withdrawn", _between(consent))


def file_offered(activity, transfers):
    """E42: what somebody wants to send, before anybody has said yes."""
    return Draft("file.offered", {**_what(activity), "files": [_file_facts(each) for each in transfers]})


def file_started(transfer):
    """On its way; said again when it goes on by another way."""
    return Draft("file.started", {**_of_file(transfer), "way": transfer.way})


def file_paused(transfer):
    return Draft("file.paused", _of_file(transfer))


def file_resumed(transfer):
    return Draft("file.resumed", _of_file(transfer))


def file_finished(transfer):
    """The receiver has all of it, or may fetch it: the digest has been compared."""
    facts = {"size": transfer.size, "digest": transfer.digest, "way": transfer.way}
    return Draft("file.finished", {**_of_file(transfer), **facts})


def file_stopped(transfer):
    """What has arrived of it is thrown away, at the receiver too (E14)."""
    return Draft("file.stopped", {**_of_file(transfer), "reason": transfer.stop_reason})


def control_refused(action, code):
    """S51: somebody tried a control function without control."""
    return Draft("control.refused", {"action": action, "code": code}, STAFF)


def customer_erased(customer):
    """E44: that it was done, and to whom by number alone."""
    return Draft("customer.erased", {"participant": customer.pk}, STAFF)


def participant_equipped(participant):
    """A page has told what it can do: carry voice, share a screen."""
    return Draft("participant.equipped", {"participant": participant.pk, "can": participant.can})


def _what(activity):
    return {
        "activity": activity.pk,
        "kind": activity.kind,
        "owner": activity.owner_id,
        "requested_by": activity.requested_by_id,
    }


def _of_recording(recording):
    return {"recording": recording.pk, "activity": recording.activity_id}


def _file_facts(transfer):
    return {
        "file": transfer.pk,
        "name": transfer.name,
        "size": transfer.size,
        "content_type": transfer.content_type,
        "way": transfer.way,
        "receiver": transfer.receiver_id,
    }


def _of_file(transfer):
    return {
        "file": transfer.pk,
        "activity": transfer.activity_id,
        "name": transfer.name,
        "sender": transfer.sender_id,
        "receiver": transfer.receiver_id,
    }


def _between(consent):
    return {"consent": consent.pk, "customer": consent.customer_id, "csr": consent.csr_id}


def _who(participant):
    return {"participant": participant.pk, "name": participant.name, "role": participant.role}
