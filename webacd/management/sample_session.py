"""One session of the sample past: its rows and its events, written as they would stand if it had happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sessions_app import events
from sessions_app.models import (
    Activity,
    ChatMessage,
    ClosingReason,
    Consent,
    Participant,
    SessionClosing,
    StaffNote,
    SupportSession,
    SurveyAnswer,
    Tag,
    TrackingField,
    TrackingValue,
)
from sessions_app.models.session_numbers import draw_number
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import User
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import Draft, next_event
from supportcenter.live.models import Event, EventStream

SCREEN, VOICE = Capability.VIEW_DESKTOP, Capability.VOICE


class SampleSession:
    """A session with one customer. `save` ends it, and writes its events."""

    def __init__(self, csr: User, customer: str, *, language: str, at: datetime, arrives: datetime) -> None:
        self._events: list[tuple[datetime, Draft, Actor | None]] = []
        self.session = SupportSession.objects.create(
            number=draw_number(),
            mode=SupportSession.Mode.SINGLE,
            starter=csr,
            started_at=at,
            first_joined_at=arrives,
            last_activity_at=arrives,
        )
        self.csr = self._take_part(Participant.Kind.CSR, csr.display_name, at, user=csr, language="en")
        self.customer = self._take_part(Participant.Kind.CUSTOMER, customer, arrives, language=language)
        self.session.primary = self.csr
        self.session.current_customer = self.customer
        self._note(at, events.session_started(self.session), self.csr)
        self._note(at, events.participant_joined(self.csr), self.csr)
        self._note(arrives, events.participant_joined(self.customer), self.customer)

    def say(self, lines: Sequence[tuple[bool, str]], start: datetime, pace: timedelta) -> None:
        """Lines of the chat as (whether the customer wrote it, text), the first at `start`."""
        for place, (by_customer, text) in enumerate(lines):
            at, author = start + place * pace, self.customer if by_customer else self.csr
            line = ChatMessage.objects.create(
                session=self.session, participant=author, client_id=f"sample-{place}", text=text, at=at
            )
            self._note(at, events.chat_said(line), author)

    def see_screen(self, start: datetime, end: datetime) -> None:
        """The representative asks, the customer allows it, and shares until `end`."""
        activity = self._use(SCREEN, self.customer, start, end, {"surface": "monitor", "label": ""})
        consent = Consent.objects.create(
            session=self.session,
            customer=self.customer,
            csr=self.csr,
            activity=activity,
            answer=Consent.Answer.ALLOWED,
            at=start,
        )
        asked = activity.requested_at
        self._note(asked, events.activity_requested(activity, asked + timedelta(minutes=1)), self.csr)
        self._note(start, events.consent_answered(consent), self.customer)
        self._note(start, events.activity_allowed(activity), self.customer)
        self._note(start, events.activity_started(activity), self.customer)
        self._note(end, events.activity_stopped(activity), self.customer)

    def call(self, start: datetime, end: datetime) -> None:
        activity = self._use(VOICE, self.csr, start, end, {})
        self._note(start, events.activity_started(activity), self.csr)
        self._note(end, events.activity_stopped(activity), self.csr)

    def rate(self, rating: int, solved: str, at: datetime) -> None:
        SurveyAnswer.objects.create(participant=self.customer, solved=solved, rating=rating, at=at)

    def note(self, text: str, at: datetime) -> None:
        note = StaffNote.objects.create(
            session=self.session, participant=self.csr, text=text, press=f"sample-{self.session.pk}", at=at
        )
        self._note(at, events.note_added(note), self.csr)

    def give(self, tags: Sequence[Tag], field: TrackingField | None, value: str, at: datetime) -> None:
        """Tags, and with a field the value that the session is tracked by."""
        self.session.tags.set(tags)
        if field:
            TrackingValue.objects.create(session=self.session, field=field, value=value)
        if tags or field:
            self._note(at, events.details_changed(), self.csr)

    def close(self, reason: ClosingReason | None, end: datetime, at: datetime) -> None:
        closing = SessionClosing.objects.create(
            session=self.session,
            user=self.csr.account,
            asked_at=end,
            closed_at=at,
            closed_by=self.csr,
            reason=reason,
        )
        self._note(at, events.closing_completed(closing), self.csr)

    def save(self, end: datetime, reason: SupportSession.EndReason) -> SupportSession:
        self.session.ended_at, self.session.end_reason, self.session.last_activity_at = end, reason, end
        self.session.save()
        self.session.participants.update(left_at=end, left_reason=Participant.LeftReason.ENDED, last_seen_at=end)
        was_ended = reason == SupportSession.EndReason.ENDED
        self._note(end, events.session_ended(self.session), self.csr if was_ended else None)
        self._write_events()
        return self.session

    def _take_part(self, kind: Participant.Kind, name: str, at: datetime, **more: object) -> Participant:
        return Participant.objects.create(
            session=self.session, kind=kind, name=name, joined_at=at, admitted_at=at, away_since=at, **more
        )

    def _use(
        self, kind: Capability, owner: Participant, start: datetime, end: datetime, details: dict[str, str]
    ) -> Activity:
        return Activity.objects.create(
            session=self.session,
            kind=kind,
            requested_by=self.csr,
            owner=owner,
            state=Activity.State.STOPPED,
            stop_reason=Activity.StopReason.STOPPED,
            details=details,
            requested_at=start - timedelta(seconds=12),
            started_at=start,
            stopped_at=end,
        )

    def _note(self, at: datetime, draft: Draft, by: Actor | None) -> None:
        self._events.append((at, draft, by))

    def _write_events(self) -> None:
        stream = EventStream.objects.create(name=self.session.stream)
        in_order = sorted(self._events, key=lambda event: event[0])
        rows = [next_event(stream, draft, by, at) for at, draft, by in in_order]
        Event.objects.bulk_create(rows)
        stream.save()
