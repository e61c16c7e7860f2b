from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.mail.actions import (
    begin_attempt,
    blank_details,
    confirm,
    delete_old,
    give_up,
    give_up_abandoned,
    note_fault,
    note_refusal,
    withdraw,
)
from supportcenter.mail.outbox import FORGET, SEND
from supportcenter.mail.owners import compose
from supportcenter.mail.replies import reply_of
from supportcenter.mail.sending import OvertakenError, hand_over


@handler(SEND, slow=True, outward=True, words=_("Send an email"))
def send(delivery: int) -> None:
    """Hand it over once. Unless the refusal is final, raise, so that the runner tries again later (E39)."""
    due = begin_attempt(delivery)
    if due is None:
        return
    if due.is_too_late:
        give_up(delivery, attempt=due.attempts)
        return
    try:
        message = compose(due)
    except Exception:
        note_fault(due)
        raise
    if message is None:
        withdraw(delivery, attempt=due.attempts)
        return
    try:
        provider, provider_id = hand_over(due, message)
    except OvertakenError:
        return
    except Exception as problem:
        reply = reply_of(problem)
        if reply.knows_key and due.may_be_taken:
            # Else each attempt was refused, and whether that uses up a key is nowhere said: it is tried on.
            confirm(delivery)
            return
        note_refusal(delivery, reply, attempt=due.attempts)
        if not reply.is_final:
            raise
    else:
        confirm(delivery, provider=provider, provider_id=provider_id)


@handler(FORGET)
def forget_details(of: str, subjects: list[int]) -> None:
    blank_details(of, subjects)


@handler("mail.look_after", every=timedelta(hours=1), words=_("Delete old notes about emails"))
def look_after() -> None:
    give_up_abandoned()
    delete_more()


@handler("mail.delete_more", words=_("Delete more old notes about emails"))
def delete_more() -> None:
    if delete_old():
        run_later("mail.delete_more")
