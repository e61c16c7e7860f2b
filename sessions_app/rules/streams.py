from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast, Concat

# `SupportSession.stream` and `lobby_stream`, as the database puts them together for a participant.
STREAM_OF_PARTICIPANT = Concat(Value("session."), OuterRef("session__key"))
STREAM_OF_SESSION = Concat(Value("session."), OuterRef("key"))
LOBBY_OF_PARTICIPANT = Concat(Value("lobby."), Cast(OuterRef("pk"), CharField()))
# The stream of the admins' list of open sessions; nothing is recorded on it, only signalled.
MONITORING = "monitoring"


def stream_of(participant):
    """What a page follows: who waits in the lobby hears only what concerns him, not what is said inside."""
    return participant.session.stream if participant.is_admitted else lobby_stream(participant)


def lobby_stream(participant):
    """The stream of one customer who waits to be let in (E37)."""
    return f"lobby.{participant.pk}"
