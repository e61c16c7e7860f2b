"""Record what becomes of a delivery. Handing it over takes seconds, and happens outside of any transaction."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from supportcenter import clock
from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.kept_sql import kept_rows
from supportcenter.mail.models import Delivery, Reason, State
from supportcenter.mail.outbox import SEND
from supportcenter.mail.owners import tell
from supportcenter.mail.replies import Reply

# How long they are kept; and how many one run deletes.
KEPT, AT_ONCE = timedelta(days=90), 1000
# Longer than any lease.
ABANDONED = timedelta(hours=1)


@transaction.atomic
def begin_attempt(pk: int) -> Delivery | None:
    """Count an attempt and return the delivery; None if there is nothing to hand over any more."""
    delivery = _locked(pk)
    if delivery is None or not delivery.may_be_handed_over:
        return None
    delivery.begin_attempt()
    return delivery


@transaction.atomic
def confirm(pk: int, *, provider: str = "", provider_id: str = "") -> None:
    """The mail server has taken it, in whichever attempt. What a webhook has told already stays."""
    delivery = _locked(pk)
    if delivery and delivery.may_be_handed_over:
        delivery.mark_taken(provider=provider, provider_id=provider_id)
        delivery.mark(State.SENT)
        tell(delivery)


@transaction.atomic
def note_refusal(pk: int, reply: Reply, *, attempt: int | None = None) -> None:
    """The mail server has said no: for good, or for now, which is told once and ends with the last attempt."""
    delivery = _locked(pk, attempt)
    if delivery is None or not delivery.may_be_handed_over:
        return
    state = reply.state
    if state == State.DEFERRED and (delivery.attempts >= MOST_ATTEMPTS or delivery.is_too_late):
        state = State.FAILED
    is_news = (delivery.state, delivery.reason) != (state, reply.reason)
    delivery.may_be_taken = delivery.may_be_taken or reply.may_be_taken
    delivery.mark(state, reply.reason, reply.detail)
    if is_news:
        tell(delivery)


@transaction.atomic
def withdraw(pk: int, *, attempt: int | None = None) -> None:
    """Its owner does not want it sent any more."""
    delivery = _locked(pk, attempt)
    if delivery and delivery.may_be_handed_over:
        delivery.mark(State.WITHDRAWN)
        tell(delivery)


@transaction.atomic
def give_up(pk: int, reason: Reason = Reason.UNREACHABLE, *, attempt: int | None = None) -> None:
    """It is of no use any more, or cannot be sent; what the mail server said last is kept."""
    delivery = _locked(pk, attempt)
    if delivery and delivery.is_pending:
        delivery.mark(State.FAILED, delivery.reason or reason, delivery.detail)
        tell(delivery)


def note_fault(delivery: Delivery) -> None:
    """Its composer has raised, so nothing was handed over: with the last attempt it is given up."""
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(began_at=None)
    if delivery.attempts >= MOST_ATTEMPTS:
        give_up(delivery.pk, Reason.BROKEN, attempt=delivery.attempts)


def give_up_abandoned() -> None:
    """Those that no job will hand over any more: its worker died each time, or it has failed for good."""
    jobs = Job.objects.filter(kind=SEND).filter(Q(failed_at=None) | Q(attempts__lt=MOST_ATTEMPTS))
    waiting = {payload["delivery"] for payload in jobs.values_list("payload", flat=True)}
    old = Delivery.objects.pending().filter(created_at__lt=clock.now() - ABANDONED).order_by("created_at")
    for pk in old.values_list("pk", flat=True)[:AT_ONCE]:
        if pk not in waiting:
            give_up(pk, Reason.BROKEN)


def delete_old() -> bool:
    """Delete some of those that are older than anybody asks for; true if there may be more."""
    old = Delivery.objects.filter(created_at__lt=clock.now() - KEPT).order_by("created_at")
    pks = [*old.values_list("pk", flat=True)[:AT_ONCE]]
    Delivery.objects.filter(pk__in=pks).delete()
    return len(pks) == AT_ONCE


def blank_details(kind: str, subjects: list[int]) -> None:
    """Erase what mail servers said of these rows: it may hold the address."""
    Delivery.objects.filter(kind=kind, subject__in=subjects).update(detail="")


def _locked(pk: int, attempt: int | None = None) -> Delivery | None:
    """With `attempt` only while that is the last one that has begun: what an earlier one has found is old."""
    delivery = _of_number.first(pk=pk)
    is_old = delivery and attempt is not None and delivery.attempts != attempt
    return None if is_old else delivery


@kept_rows
def _of_number(*, pk: int) -> QuerySet[Delivery]:
    return Delivery.objects.select_for_update().filter(pk=pk).order_by()
