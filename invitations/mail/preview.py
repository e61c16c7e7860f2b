"""A wording as it will be read, with a made-up session: beside its form, and in a test message (`trial.py`)."""

from django.utils.translation import override

from invitations.mail.messages import body, html, instant_message, subject
from invitations.mail.wording import OwnWording, Wording
from invitations.models import InvitationWording
from invitations.rules.links import join_page
from supportcenter.accounts.models import SitePolicy

NUMBER = "482 913 047"


def sample(wording: InvitationWording, *, inviter: str) -> Wording:
    """By `inviter`; its link leads to the page where one types a number."""
    policy = SitePolicy.current()
    with override(wording.language):
        site_name = policy.name
    return Wording(
        recipient=wording.recipient,
        language=wording.language,
        link=join_page(),
        number=NUMBER,
        inviter=inviter,
        organisation=policy.organisation,
        site_name=site_name,
        hours=policy.link_hours,
        join_page=join_page(),
        own=OwnWording(wording.subject, wording.opening, wording.closing),
    )


def shown(words: Wording) -> dict[str, str]:
    return {
        "language": words.language,
        "subject": subject(words),
        "html": html(words),
        "text": body(words),
        "instant_message": instant_message(words),
    }
