"""What staff keep about a session, and what admins offer to say about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.models import (
    ClosingReason,
    SessionClosing,
    StaffNote,
    SupportSession,
    Tag,
    TrackingField,
    TrackingValue,
)
from supportcenter.accounts.models import User
from supportcenter.reporting.first_rows import FirstRows, first_rows

# Closing forms that wait, on the home page.
CLOSINGS_SHOWN = 10


@dataclass(frozen=True)
class Case:
    """Of one session. `tags` and `tracking` as admins have put them in order, `notes` the latest last."""

    tracking: Sequence[TrackingValue]
    tags: Sequence[Tag]
    notes: Sequence[StaffNote]
    closing: SessionClosing | None


@dataclass(frozen=True)
class Choices:
    """What is in use on this site now."""

    fields: Sequence[TrackingField]
    tags: Sequence[Tag]
    reasons: Sequence[ClosingReason] = ()


def case_of(session: SupportSession, *, closing: bool = True) -> Case:
    """The session's case, in four queries, or three without its closing; an action bounds how many notes there are."""
    notes = StaffNote.objects.filter(session=session).select_related("participant__user").order_by("pk")
    closings = SessionClosing.objects.filter(session=session).select_related("reason", "closed_by")
    return Case(
        tracking=list(session.tracking.select_related("field").order_by("field__order", "field_id")),
        tags=list(session.tags.order_by("order", "pk")),
        notes=list(notes),
        closing=closings.first() if closing and not session.is_open else None,
    )


def case_in_short(session: SupportSession, *, notes: int) -> Case:
    """With the latest `notes` alone, and without its closing."""
    latest = StaffNote.objects.filter(session=session).select_related("participant__user").order_by("-pk")
    return Case(
        tracking=list(session.tracking.select_related("field").order_by("field__order", "field_id")),
        tags=list(session.tags.order_by("order", "pk")),
        notes=list(latest[:notes])[::-1],
        closing=None,
    )


def choices(*, closing: bool = False) -> Choices:
    """For the details of a session; with the reasons of the closing form."""
    reasons = list(ClosingReason.objects.filter(is_on=True)) if closing else []
    return Choices(list(TrackingField.objects.filter(is_on=True)), list(Tag.objects.filter(is_on=True)), reasons)


def fields_at_start() -> Sequence[TrackingField]:
    return list(TrackingField.objects.filter(is_on=True, asked_at_start=True))


def closings_that_wait(user: User) -> FirstRows[SessionClosing]:
    """The latest sessions of this CSR whose closing form is required and not filled in yet."""
    waiting = SessionClosing.objects.filter(user=user, closed_at__isnull=True, is_required=True)
    return first_rows(waiting.select_related("session__current_customer").order_by("-asked_at"), CLOSINGS_SHOWN)
