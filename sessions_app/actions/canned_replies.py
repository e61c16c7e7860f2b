"""A representative's own canned replies, and how often any of them is used."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from sessions_app.errors import NotACsr, ReplyRefused
from sessions_app.models import CannedReply, Participant, SupportSession
from sessions_app.queries.canned_replies import replies_in
from sessions_app.rules.permissions import may_have_replies
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.refusals import require

# Digits that every database takes for a key.
LONGEST_KEY = 18


@transaction.atomic
def save_reply(reply: CannedReply, *, by: User) -> CannedReply:
    """Keep a reply of one's own, new or changed.

    Raises NotACsr, and ReplyRefused for what the reply itself refuses: it is asked again while no other one is saved,
    and where it has been deleted meanwhile.
    """
    by = by.locked()
    require(may_have_replies(by), NotACsr)
    reply.owner = by
    try:
        reply.full_clean()
        reply.write()
    except ValidationError as error:
        raise ReplyRefused(error.messages[0]) from error
    return reply


def delete_reply(reply: CannedReply, *, by: User) -> None:
    """Messages that were sent with it stay as they are. Pressed twice, it is gone all the same. Raises NotACsr."""
    require(may_have_replies(by), NotACsr)
    CannedReply.objects.of(by).filter(pk=reply.pk).delete()


def count_use(session: SupportSession, reply: str, *, by: Participant) -> None:
    """Note that a message was sent with this reply, by its name in the page; one that they do not have counts nothing.

    For `say`, which runs it at the end of its transaction: other sessions may send the same reply.
    """
    source, _, pk = reply.partition("-")
    if by.user is None or not (pk.isascii() and pk.isdecimal() and len(pk) <= LONGEST_KEY):
        return
    found = replies_in(session, source, by.user)
    if found:
        found.replies.filter(pk=pk).update(times_used=F("times_used") + 1, last_used_at=clock.now())
