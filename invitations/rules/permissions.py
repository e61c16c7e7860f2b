"""Who may invite. Pure: no queries, no writes."""

from sessions_app.rules.permissions import may_control


def may_invite(by, session):
    """The primary alone (S51), as long as the session is open."""
    return session.is_open and may_control(by, session)
