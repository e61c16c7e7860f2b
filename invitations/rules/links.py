"""The addresses that lead into a session, as absolute URLs for messages."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from invitations.models.tokens import is_seal, seal
from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy

# 128 bits, and the minute of issue as five digits to the base of 36.
SEAL_LENGTH, STAMP_LENGTH = 22, 5
MINUTE = 60
SALT = "invitations.join_link"


def join_page():
    """Where a customer types the number (S20)."""
    return settings.SITE_URL + reverse("join")


def invitation_link(invitation):
    return settings.SITE_URL + reverse("open_invitation", args=[invitation.token])


def join_link(session, recipient=Participant.Kind.CUSTOMER):
    """The session's link for instant messages: for any number up to the maximum, until it is renewed (S21, E38)."""
    return settings.SITE_URL + reverse("join_by_link", args=[join_token(session, recipient)])


def join_token(session, recipient, *, at=None):
    stamp = _stamp(at or clock.now())
    return session.key + stamp + seal(SALT, _sealed(session, recipient, stamp))[:SEAL_LENGTH]


def session_of_join_token(token):
    """The session a join link leads to and for whom it is, or None: forged, renewed since, or too old."""
    rest, given = token[:-SEAL_LENGTH], token[-SEAL_LENGTH:]
    key, stamp = rest[:-STAMP_LENGTH], rest[-STAMP_LENGTH:]
    session = SupportSession.objects.select_related("primary").filter(key=key).first()
    if session is None or _is_too_old(stamp):
        return None
    for recipient in Participant.Kind.values:
        if is_seal(given, SALT, _sealed(session, recipient, stamp)):
            return session, recipient
    return None


def _sealed(session, recipient, stamp):
    return f"{session.key} {session.link_version} {recipient} {stamp}"


def _stamp(at):
    return int_to_base36(int(at.timestamp()) // MINUTE).rjust(STAMP_LENGTH, "0")


def _is_too_old(stamp):
    try:
        issued = base36_to_int(stamp) * MINUTE
    except ValueError:
        return True
    return clock.now().timestamp() >= issued + timedelta(hours=SitePolicy.current().link_hours).total_seconds()
