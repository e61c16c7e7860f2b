"""Taking the floor: what every action does first."""

from functools import wraps

from django.db import transaction

from sessions_app import events
from sessions_app.errors import NotInControl
from sessions_app.models import Participant
from supportcenter.live.log.eventlog import record


def take_floor(session, by):
    """Lock the session's row and return it with `by` read anew, so that what is asked next is true until commit."""
    session = session.locked()
    if not isinstance(by, Participant):
        return session, by
    by = Participant.objects.select_related("user").get(pk=by.pk)
    by.session = session
    return session, by


def control_function(action):
    """An action of the primary's alone: one transaction, and an attempt without control is on record (S51)."""

    @wraps(action)
    def attempt(session, *args, by, **more):
        try:
            with transaction.atomic():
                return action(session, *args, by=by, **more)
        except NotInControl as refusal:
            if isinstance(by, Participant):
                _note(session, action.__name__, refusal.code, by)
            raise

    return attempt


@transaction.atomic
def _note(session, action, code, by):
    record(session.stream, events.control_refused(action, code), by=by)
