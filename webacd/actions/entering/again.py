"""A customer whose session has ended early waits again in the queue they came from."""

import base64

from django.utils.crypto import salted_hmac

from sessions_app.models import Participant, SupportSession
from supportcenter.refusals.found import found
from webacd.actions.entering.enter import enter_queue
from webacd.errors import NothingToComeBackTo
from webacd.models import QueueEntry, SupportRequest
from webacd.queries.again import came_by, goes_first, queue_to_enter


def enter_again(session: SupportSession, *, seat: str, language: str, by: Participant) -> tuple[SupportRequest, str]:
    """Have the customer wait again, with the name and the answers they gave; `seat` is the secret of theirs.

    After an accident they go before new customers, once for a session: who stops waiting and presses again does not.
    Everything that may refuse a customer who enters by the form may refuse this one. Raises NothingToComeBackTo, and
    what `enter_queue` raises.
    """
    former = found(came_by(session, by), NothingToComeBackTo)
    return enter_queue(
        queue_to_enter(former),
        name=former.name,
        email=former.email,
        language=language,
        answers=former.answers,
        secret=_secret(session, seat),
        priority=QueueEntry.TRANSFERRED if goes_first(session) else QueueEntry.NEW,
    )


def _secret(session: SupportSession, seat: str) -> str:
    """The same for every press on the last page of this session, so that all of them are one."""
    sealed = salted_hmac("webacd.enter_again", f"{session.key} {seat}", algorithm="sha256")
    return base64.urlsafe_b64encode(sealed.digest()).decode().rstrip("=")
