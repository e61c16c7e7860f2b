"""What the Invite panel shows."""

from dataclasses import dataclass

from django.conf import settings

from invitations.mail.messages import body, instant_message, mailto_url, subject, wording
from invitations.models import Invitation
from invitations.rules.links import invitation_link, join_link, join_page
from sessions_app.models import Participant
from supportcenter.accounts.models import SitePolicy


@dataclass(frozen=True)
class Offer:
    """One choice of recipient and language, with everything that depends on it (S26)."""

    recipient: str
    language: str
    join_link: str
    instant_message: str
    subject: str
    body: str
    # A draft's, ready to be opened in the very click (E39b); the page adds the address.
    mailto: str


def panel(session, *, by):
    """The panel's ways in, and the session's invitations so far."""
    return {
        "session": session,
        "site_address": settings.SITE_URL,
        "join_address": join_page(),
        "join_link": join_link(session, Participant.Kind.CUSTOMER),
        "assist_link": join_link(session, Participant.Kind.CSR),
        **sent_and_drafted(session, by=by),
    }


def sent_and_drafted(session, *, by):
    """The list region: the invitations so far, newest first, and the draft of the next."""
    draft = Invitation(session=session)
    return {
        "session": session,
        "invitations": invitations(session),
        "nonce": draft.nonce,
        "offers": offers(draft, by=by),
    }


def invitations(session):
    found = session.invitations.select_related("participant__session")
    for invitation in (found := list(found)):
        invitation.session = session
        invitation.link = invitation_link(invitation)
    return found


def offers(draft, *, by):
    policy = SitePolicy.current()
    return [
        _offer(draft, policy, recipient=recipient, language=language, inviter=by.display_name)
        for recipient in Participant.Kind.values
        for language, _name in settings.LANGUAGES
    ]


def _offer(draft, policy, **facts):
    link_for_all = join_link(draft.session, facts["recipient"])
    mine = wording(draft.session, policy, link=invitation_link(draft), **facts)
    return Offer(
        recipient=facts["recipient"],
        language=facts["language"],
        join_link=link_for_all,
        instant_message=instant_message(wording(draft.session, policy, link=link_for_all, **facts)),
        subject=subject(mine),
        body=body(mine),
        mailto=mailto_url(mine),
    )
