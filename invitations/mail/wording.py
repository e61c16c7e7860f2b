"""What the texts of an invitation say: the facts, and an admin's own words where there are some."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import Truncator, normalize_newlines
from django.utils.translation import get_language_info, override

from invitations.mail import explained
from invitations.models import Invitation, InvitationWording
from invitations.rules.links import invitation_link, join_page
from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.kept_sql import kept_rows
from supportcenter.text.directions import apart, ltr
from supportcenter.text.variables import fill

SHORT_NAME = 24
# A messenger's one line has room for an opening of that length; a longer one gives way to the built-in text.
SHORT_OPENING = 200


@dataclass(frozen=True)
class OwnWording:
    """An admin's texts, with their variables."""

    subject: str = ""
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True)
class Wording:
    """What the templates know: who invites whom, the link, and how long it is valid. Read it in its language."""

    recipient: str
    language: str
    link: str
    number: str
    inviter: str
    organisation: str
    site_name: str
    hours: int
    join_page: str
    own: OwnWording = OwnWording()
    # The text alone, without what it explains.
    is_brief: bool = False

    @property
    def is_rtl(self) -> bool:
        return get_language_info(self.language)["bidi"]

    @property
    def is_for_csr(self) -> bool:
        return self.recipient == "csr"

    @property
    def own_subject(self) -> str:
        return self._filled(self.own.subject)

    @property
    def opening(self) -> list[str]:
        return _paragraphs(self.opening_text)

    @property
    def opening_text(self) -> str:
        return self._filled(self.own.opening)

    @property
    def short_opening(self) -> str:
        text = one_line(self.opening_text)
        return text if len(text) <= SHORT_OPENING else ""

    @property
    def closing(self) -> list[str]:
        return _paragraphs(self._filled(self.own.closing) or explained.closing(is_for_csr=self.is_for_csr))

    @property
    def steps(self) -> list[str]:
        return explained.steps(inviter=self.inviter, is_for_csr=self.is_for_csr)

    @property
    def checks(self) -> list[str]:
        # With the slash: what another site's name goes on with is a full stop.
        address = f"{settings.SITE_URL}/"
        return explained.checks(inviter=self.inviter, address=address, number=self.number, is_for_csr=self.is_for_csr)

    def with_short_names(self) -> Wording:
        return replace(self, inviter=Truncator(self.inviter).chars(SHORT_NAME), organisation="", site_name="")

    def without_own_texts(self) -> Wording:
        return replace(self, own=OwnWording())

    def _filled(self, text: str) -> str:
        values = {
            "representative": apart(self.inviter),
            # What stands in brackets behind a name must not be empty.
            "organisation": apart(self.organisation or self.site_name),
            "site": apart(self.site_name),
            "number": ltr(self.number),
            "hours": str(self.hours),
        }
        return fill(text.strip(), values)


def wording(
    session: SupportSession,
    policy: SitePolicy,
    *,
    recipient: str,
    language: str,
    link: str,
    inviter: str,
    own: OwnWording = OwnWording(),
) -> Wording:
    with override(language):
        site_name = policy.name
    return Wording(
        recipient=str(recipient),
        language=language,
        link=link,
        number=session.number_in_threes,
        inviter=one_line(inviter),
        organisation=one_line(policy.organisation),
        site_name=one_line(site_name),
        hours=policy.link_hours,
        join_page=join_page(),
        own=own,
    )


def wording_of(invitation: Invitation) -> Wording:
    return wording(
        invitation.session,
        SitePolicy.current(),
        recipient=invitation.recipient,
        language=invitation.language,
        link=invitation_link(invitation),
        inviter=invitation.invited_by.display_name,
        own=_own_wording(invitation.recipient, invitation.language),
    )


def _own_wording(recipient: str, language: str) -> OwnWording:
    row = _row_of.first(recipient=recipient, language=language)
    return OwnWording(row.subject, row.opening, row.closing) if row else OwnWording()


@kept_rows
def _row_of(*, recipient: str, language: str) -> QuerySet[InvitationWording]:
    return InvitationWording.objects.filter(recipient=recipient, language=language).order_by()


def own_wordings() -> dict[tuple[str, str], OwnWording]:
    """All that admins have written, by recipient and language; a handful at most."""
    rows = InvitationWording.objects.values_list("recipient", "language", "subject", "opening", "closing")
    return {(recipient, language): OwnWording(*texts) for recipient, language, *texts in rows}


def one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", normalize_newlines(text)) if paragraph.strip()]
