"""What the Invite panel shows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import override

from invitations.mail.messages import body, instant_message, mailto_url, subject
from invitations.mail.wording import OwnWording, own_wordings, wording
from invitations.models import Invitation
from invitations.rules.links import invitation_link, join_link, join_page
from invitations.rules.qr_code import qr_code
from invitations.rules.spoken import in_words
from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.whole_addresses import whole_address


@dataclass(frozen=True)
class InvitationTexts:
    """What depends on the choice of recipient and language: links, texts, a draft for the CSR's own program (S26)."""

    recipient: str
    language: str
    join_link: str
    instant_message: str
    subject: str
    body: str
    # Made beforehand, so that the click itself can open it (E39b); the page adds the address.
    mailto: str


def panel(session: SupportSession, *, by: Participant) -> dict[str, Any]:
    """The links into the session, and its invitations so far."""
    return {
        "session": session,
        "assist_address": whole_address("assist_session"),
        "join_address": join_page(),
        "join_link": join_link(session, Participant.Kind.CUSTOMER),
        "assist_link": join_link(session, Participant.Kind.CSR),
        "number_in_words": number_in_words(session.number_in_threes),
        **sent_and_drafted(session, by=by),
    }


def first_ways(session: SupportSession) -> dict[str, Any]:
    """What fits into the tray: a customer's link, and the name of the next invitation."""
    return {
        "session": session,
        "join_link": join_link(session, Participant.Kind.CUSTOMER),
        "nonce": Invitation(session=session).nonce,
    }


def number_in_words(number_in_threes: str) -> list[tuple[str, str]]:
    """The number as it is read out, in each language that the other side may speak."""
    said = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.append((language, in_words(number_in_threes)))
    return said


def codes(session: SupportSession) -> dict[str, Any]:
    """The join links as pictures for a phone's camera; none while they lead nowhere."""
    links = {} if session.link_is_off else {kind: join_link(session, kind) for kind in Participant.Kind.values}
    return {
        "session": session,
        "assist_address": whole_address("assist_session"),
        "join_address": join_page(),
        "hours": SitePolicy.current().link_hours,
        "links": links,
        "codes": {kind: qr_code(link) for kind, link in links.items()},
    }


def sent_and_drafted(session: SupportSession, *, by: Participant) -> dict[str, Any]:
    """The list region: the invitations so far, newest first, and the draft of the next one."""
    draft = Invitation(session=session)
    return {
        "session": session,
        "invitations": invitations(session),
        "nonce": draft.nonce,
        "texts": all_texts(draft, by=by),
    }


def invitations(session: SupportSession) -> list[Invitation]:
    found = list(Invitation.objects.filter(session=session).select_related("participant__session", "delivery"))
    for invitation in found:
        invitation.session = session
        invitation.link = invitation_link(invitation)
    return found


def all_texts(draft: Invitation, *, by: Participant) -> list[InvitationTexts]:
    """The texts for every recipient and language."""
    policy, own = SitePolicy.current(), own_wordings()
    nothing = OwnWording()
    return [
        _texts(draft, policy, recipient, language, by.display_name, own.get((recipient, language), nothing))
        for recipient in Participant.Kind.values
        for language, _name in settings.LANGUAGES
    ]


def _texts(
    draft: Invitation, policy: SitePolicy, recipient: str, language: str, inviter: str, own: OwnWording
) -> InvitationTexts:
    facts: Any = {"recipient": recipient, "language": language, "inviter": inviter, "own": own}
    link_for_all = join_link(draft.session, recipient)
    mine = wording(draft.session, policy, link=invitation_link(draft), **facts)
    return InvitationTexts(
        recipient=recipient,
        language=language,
        join_link=link_for_all,
        instant_message=instant_message(wording(draft.session, policy, link=link_for_all, **facts)),
        subject=subject(mine),
        body=body(mine),
        mailto=mailto_url(mine),
    )
