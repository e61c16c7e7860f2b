"""The email about a left message: one to each member of the queue, by the outbox."""

from django.db import transaction

from supportcenter.accounts.models import User
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post_once
from supportcenter.text.addresses import deliverable
from webacd.models import LeftMessage
from webacd.queries.queues import members_of

# Its kind in the outbox.
LEFT_MESSAGE = "left_message"


@transaction.atomic
def mail_to_members(pk: int) -> None:
    """Post a message to each member of the queue, once."""
    message = LeftMessage.objects.select_for_update(of=("self",)).filter(pk=pk, mailed_at=None).first()
    if message is None or message.queue is None:
        return
    for member in _members(message):
        post_once(LEFT_MESSAGE, message.pk, sending=member.pk)
    message.mark_mailed()


def still_wanted(delivery: Delivery) -> tuple[LeftMessage, User] | None:
    """The message and its reader; None once it is deleted or answered, or the agent is in its queue no longer."""
    message = LeftMessage.objects.select_related("queue").filter(pk=delivery.subject, answered_at=None).first()
    if message is None or message.queue is None:
        return None
    member = next((each for each in _members(message) if each.pk == delivery.sending), None)
    return (message, member) if member else None


def _members(message: LeftMessage) -> list[User]:
    assert message.queue
    return [agent.user for agent in members_of(message.queue) if deliverable(agent.user.email)]
