"""What the pages read."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from sessions_app.models import Activity, ChatMessage, Participant, SupportSession
from sessions_app.queries.activities import live_media
from sessions_app.rules import permissions
from sessions_app.rules.briefing_hooks import briefings_of
from supportcenter.accounts.models import SitePolicy

LINES_SHOWN = 200


@dataclass(frozen=True)
class May:
    """What the person looking may do, for drawing or hiding a button; the actions ask again."""

    control: bool
    end: bool
    leave: bool
    invite: bool
    remove: bool
    chat: bool
    return_control: bool

    @classmethod
    def of(cls, by, session, assistants):
        control = permissions.may_control(by, session)
        return cls(
            control=control,
            end=permissions.may_end(by, session),
            leave=permissions.may_leave(by, session),
            invite=permissions.may_invite(by, session),
            remove=control,
            chat=permissions.may_chat(by, session),
            return_control=control and by.control_from_id in {assistant.pk for assistant in assistants},
        )


def room(session, me):
    """Everything a session's page shows, or a region of it.

    The door read `session`, `me` and its position at one moment: what happens while we read on is replayed after it.
    """
    participants = roster(session, staff=not me.is_customer)
    assistants = [person for person in participants if permissions.may_take_control(person, session)]
    return {
        "position": me.position,
        "session": session,
        "me": me,
        "may": May.of(me, session, assistants),
        "participants": participants,
        "assistants": assistants,
        "media": live_media(session, me, participants),
        "base_url": me.get_absolute_url(),
        # Few regions show any.
        "lines": SimpleLazyObject(partial(transcript, session)),
        # Never a customer's (E53).
        "briefings": SimpleLazyObject(partial(briefings_of, session)) if not me.is_customer else [],
        "primary_lost_until": _lost_until(session.primary),
        "join_address": settings.SITE_URL + reverse("join"),
    }


def _lost_until(primary):
    """Until when a primary whose connection is gone may still return (E2)."""
    if primary is None or not primary.is_lost:
        return None
    return primary.grace_over_at(SitePolicy.current())


def roster(session, *, staff):
    """Who is in, primary first; customers do not see who waits in the lobby."""
    present = Participant.objects.present().select_related("user__csr_privileges")
    # On the session, whose state asks for them as well.
    prefetch_related_objects([session], Prefetch("participants", present))
    people = [person for person in session.participants.all() if staff or person.is_admitted]
    for person in people:
        person.session = session
        if person.pk == session.primary_id:
            session.primary = person
        if person.pk == session.current_customer_id:
            session.current_customer = person
    return sorted(people, key=lambda person: (not person.is_primary, person.is_customer, person.joined_at))


def transcript(session):
    """The latest lines of the chat, oldest first."""
    latest = (
        ChatMessage.objects.filter(session=session).select_related("participant", "file").order_by("-pk")[:LINES_SHOWN]
    )
    return list(reversed(latest))


def open_sessions():
    """Every open session with who is in it and what runs, for the admins' monitoring."""
    return (
        SupportSession.objects.open()
        .select_related("primary", "current_customer")
        .prefetch_related(
            Prefetch("participants", Participant.objects.present(), to_attr="people"),
            Prefetch("activities", Activity.objects.alive(), to_attr="running"),
        )
        .order_by("started_at")
    )


def running_sessions(user):
    """The open sessions a CSR is in, as on the home page."""
    return (
        SupportSession.objects.open()
        .filter(participants__user=user, participants__left_at=None)
        .select_related("primary", "current_customer")
        .prefetch_related("participants")
        .order_by("started_at")
    )
