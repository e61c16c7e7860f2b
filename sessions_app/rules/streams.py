"""The names of the event streams of sessions."""

from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast, Concat

from sessions_app.models import Participant
from sessions_app.rules.permissions import may_end_any
from supportcenter.accounts.models import User

# `SupportSession.stream` and `lobby_stream` as expressions, for a participant or a session of the outer query.
STREAM_OF_PARTICIPANT = Concat(Value("session."), OuterRef("session__key"))
STREAM_OF_SESSION = Concat(Value("session."), OuterRef("key"))
LOBBY_OF_PARTICIPANT = Concat(Value("lobby."), Cast(OuterRef("pk"), CharField()))
# The streams of the lists of open sessions, which carry signals and no events. Leads are not told which session has
# changed, since it may be another team's: their pages read the list again.
MONITORING, MONITORING_OF_LEADS = "monitoring", "monitoring.leads"


def stream_of(participant: Participant) -> str:
    """The stream that the participant's page follows: in the lobby one of their own, not the session's."""
    return participant.session.stream if participant.is_admitted else lobby_stream(participant)


def monitoring_of(user: User) -> str:
    """The stream that a user's list of open sessions follows."""
    return MONITORING if may_end_any(user) else MONITORING_OF_LEADS


def lobby_stream(participant: Participant) -> str:
    """The stream of one customer who waits to be let in (E37)."""
    return f"lobby.{participant.pk}"
