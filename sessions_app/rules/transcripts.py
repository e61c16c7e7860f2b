"""In which ways the site hands out conversations (E67)."""

from django.conf import settings

from supportcenter.accounts.models import SitePolicy

Transcripts = SitePolicy.Transcripts
# Mails of one customer, by themselves and by representatives, and of all customers of a session: who leaves may come
# back.
MOST_A_CUSTOMER, MOST_A_SESSION = 5, 30
# Of those, the ones that a customer sends themselves.
MOST_BY_CUSTOMER = 3
# Of one representative, in all their sessions.
MOST_AN_HOUR = 30


def has_transcripts(policy: SitePolicy) -> bool:
    return policy.transcripts != Transcripts.OFF


def mails_transcripts(policy: SitePolicy) -> bool:
    return policy.transcripts == Transcripts.FILE_AND_MAIL and settings.MAIL_IS_SET_UP
