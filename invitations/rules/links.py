"""The links that lead into a session, as absolute URLs for messages."""

from datetime import datetime, timedelta

from django.utils.http import base36_to_int, int_to_base36

from invitations.errors import JoinLinkOff, LinkUnknown
from invitations.models import Invitation
from invitations.models.tokens import is_seal
from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.link_tokens import seal
from supportcenter.refusals import require
from supportcenter.whole_addresses import whole_address

# 131 bits, and the minute of issue in five digits of base 36.
SEAL_LENGTH, STAMP_LENGTH = 22, 5
MINUTE = 60
SALT = "invitations.join_link"


def join_page() -> str:
    """Where a customer types the number (S20)."""
    return whole_address("join")


def invitation_link(invitation: Invitation) -> str:
    return whole_address("open_invitation", invitation.token)


def join_link(session: SupportSession, recipient: str = Participant.Kind.CUSTOMER) -> str:
    """The session's link for instant messages: for any number of people up to the maximum, until renewed (S21, E38)."""
    return whole_address("join_by_link", join_token(session, recipient))


def join_token(session: SupportSession, recipient: str, *, at: datetime | None = None) -> str:
    stamp = _stamp(at or clock.now())
    return session.key + stamp + seal(SALT, _sealed(session, recipient, stamp))[:SEAL_LENGTH]


def session_of_join_token(token: str) -> tuple[SupportSession, str] | None:
    """The session a join link leads to, and for whom; None if the link is forged, was renewed since, or is too old.

    Raises JoinLinkOff while the primary has it switched off.
    """
    key = token[: -SEAL_LENGTH - STAMP_LENGTH]
    session = SupportSession.objects.select_related("primary").filter(key=key).first()
    if session is None or (recipient := _recipient(session, token)) is None:
        return None
    require(not (session.is_open and session.link_is_off), JoinLinkOff)
    return session, recipient


def require_link(session: SupportSession, token: str) -> None:
    """Ask again once the session is locked: a link may be renewed or switched off while somebody comes by it.

    Raises LinkUnknown, JoinLinkOff.
    """
    require(_recipient(session, token) is not None, LinkUnknown)
    require(not session.link_is_off, JoinLinkOff)


def _recipient(session: SupportSession, token: str) -> str | None:
    """For whom the token is; None if it is not one of this session's present links, or too old."""
    stamp, given = token[-SEAL_LENGTH - STAMP_LENGTH : -SEAL_LENGTH], token[-SEAL_LENGTH:]
    if _is_too_old(stamp):
        return None
    kinds = Participant.Kind.values
    return next((kind for kind in kinds if is_seal(given, SALT, _sealed(session, kind, stamp))), None)


def _sealed(session: SupportSession, recipient: str, stamp: str) -> str:
    return f"{session.key} {session.link_version} {recipient} {stamp}"


def _stamp(at: datetime) -> str:
    return int_to_base36(int(at.timestamp()) // MINUTE).rjust(STAMP_LENGTH, "0")


def _is_too_old(stamp: str) -> bool:
    try:
        issued = base36_to_int(stamp) * MINUTE
    except ValueError:
        return True
    return clock.now().timestamp() >= issued + timedelta(hours=SitePolicy.current().link_hours).total_seconds()
