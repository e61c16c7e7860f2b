"""What must be true of every session after every step, no matter who did it."""

from hypothesis.stateful import invariant

from sessions_app.models import Activity, CsrDesk, Participant, SupportSession
from supportcenter.live.log.eventlog import events_after
from tests.sessions_app.replay import replay, snapshot

MAXIMUM = 3


class Rules:
    """For a state machine with `csrs`, the `ended` sessions, and a `remembered` (position, snapshot) for each."""

    maximum = MAXIMUM

    @invariant()
    def open_session_has_one_primary_who_is_in_it(self):
        for session in self.controlled_sessions():
            assert session.primary.is_present
            assert session.primary.session_id == session.pk
            assert session.primary.kind == "csr"

    @invariant()
    def the_maximum_is_never_exceeded_and_the_desk_counts_right(self):
        for desk in CsrDesk.objects.all():
            helped = (
                Participant.objects.customers()
                .present()
                .filter(session__ended_at=None, session__primary__user=desk.user)
            )
            assert desk.customers == helped.count() <= self.maximum

    @invariant()
    def single_session_mode_has_one_session(self):
        for csr in getattr(self, "csrs", []):
            controlled = SupportSession.objects.controlled_by(csr)
            assert controlled.filter(mode="single").count() <= 1

    @invariant()
    def living_activity_has_a_living_owner(self):
        for activity in Activity.objects.alive().select_related("owner", "requested_by", "session"):
            assert activity.session.is_open
            assert activity.owner.is_present
            if activity.state == "requested":
                assert activity.requested_by_id == activity.session.primary_id

    def controlled_sessions(self):
        """Those that must have a primary: all that are open, where nothing distributes any."""
        return SupportSession.objects.open().select_related("primary")

    @invariant()
    def ended_is_final(self):
        for session in SupportSession.objects.filter(ended_at__isnull=False):
            state = (session.ended_at, session.end_reason, len(events_after(session.stream, 0, audience="staff")))
            assert self.ended.setdefault(session.pk, state) == state
            assert not session.participants.present().exists()

    @invariant()
    def events_tell_the_whole_story(self):
        for session in SupportSession.objects.all():
            now = snapshot(session)
            assert replay(events_after(session.stream, 0, audience="staff")) == now
            seq, older = self.remembered.get(session.pk, (0, None))
            assert replay(events_after(session.stream, seq, audience="staff"), since=older) == now
