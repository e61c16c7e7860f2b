"""The names of the event streams of sessions."""

from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast, Concat

from sessions_app.models import Participant

# `SupportSession.stream` and `lobby_stream` as expressions, for a participant or a session of the outer query.
STREAM_OF_PARTICIPANT = Concat(Value("session."), OuterRef("session__key"))
STREAM_OF_SESSION = Concat(Value("session."), OuterRef("key"))
LOBBY_OF_PARTICIPANT = Concat(Value("lobby."), Cast(OuterRef("pk"), CharField()))
# The stream of the admins' list of open sessions, which carries signals and no events.
MONITORING = "monitoring"


def stream_of(participant: Participant) -> str:
    """The stream that the participant's page follows: in the lobby one of their own, not the session's."""
    return participant.session.stream if participant.is_admitted else lobby_stream(participant)


def lobby_stream(participant: Participant) -> str:
    """The stream of one customer who waits to be let in (E37)."""
    return f"lobby.{participant.pk}"
