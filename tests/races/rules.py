"""What must be true of every session, no matter who won."""

from sessions_app.models import Activity, CsrDesk, Participant, SupportSession
from supportcenter.live.log.eventlog import events_after
from supportcenter.live.models import EventStream
from tests.sessions_app.replay import replay, snapshot
from webacd.models import QueueEntry


def check_rules():
    for session in SupportSession.objects.select_related("primary"):
        _check_session(session)
    for desk in CsrDesk.objects.all():
        assert desk.customers == _helped_by(desk.user_id).count()
    for stream in EventStream.objects.all():
        numbers = [event.seq for event in stream.events.order_by("seq")]
        assert numbers == list(range(1, stream.last_seq + 1))
    for activity in Activity.objects.alive().select_related("session", "owner"):
        assert activity.session.is_open
        assert activity.owner.is_present


def _check_session(session):
    present = session.participants.present()
    if session.is_in_transfer:
        # Nobody is in control only while an agent is waited for (E4).
        assert QueueEntry.objects.filter(request__session=session).exists()
    elif session.is_open:
        assert session.primary.is_present
        assert session.primary.session_id == session.pk
    else:
        assert not present.exists()
    csrs = [csr.user_id for csr in present.csrs()]
    assert len(csrs) == len(set(csrs))
    assert replay(events_after(session.stream, 0, audience="staff")) == snapshot(session)


def _helped_by(user):
    present = Participant.objects.customers().present()
    return present.filter(session__ended_at=None, session__primary__user=user)
