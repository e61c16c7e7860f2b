"""Who may invite. Nothing here writes."""

from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_control


def may_invite(by: Participant, session: SupportSession) -> bool:
    """The primary (S51), as long as the session is open."""
    return session.is_open and may_control(by, session)
