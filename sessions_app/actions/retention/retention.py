"""Delete what the site keeps no longer (E44): each kind of data so many days after the end of its session.

Each session has a transaction of its own, so that nobody waits long for the database. What one step deletes is gone for
good, so running it twice does no harm.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Q

from sessions_app.actions.retention.delete_files import delete_file, delete_recording
from sessions_app.models import ChatMessage, FileTransfer, Recording, RetiredNumber, SupportSession
from sessions_app.rules.streams import lobby_stream
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.forgetting import forget_streams, rewrite
from supportcenter.live.models import Event

Row = TypeVar("Row", bound=models.Model)

# How much of each kind one run deletes: far less than there is time for within the lease of a job.
AT_ONCE = 50


def remove_what_is_due() -> bool:
    """Delete some of what is due; true if there may be more."""
    policy = SitePolicy.current()
    steps = [
        (policy.chat_days, _forget_chats),
        (policy.file_days, _forget_files),
        (policy.recording_days, _forget_recordings),
        (policy.retention_days, _forget_sessions),
    ]
    _free_numbers(policy)
    # 0 days: kept for ever, or as long as the record is.
    done = [step(clock.now() - timedelta(days=days)) for days, step in steps if days]
    return AT_ONCE in done


def _forget_chats(before: datetime) -> int:
    talked = ChatMessage.objects.filter(session__ended_at__lt=before).order_by("session")
    keys = list(talked.values_list("session", flat=True).distinct()[:AT_ONCE])
    for session in SupportSession.objects.filter(pk__in=keys):
        _forget_chat(session)
    return len(keys)


@transaction.atomic
def _forget_chat(session: SupportSession) -> None:
    rewrite(session.stream, without_text, types=["chat.said"])
    session.chat_messages.all().delete()


def without_text(event: Event) -> bool:
    """Take the text out of a message's event; that something was said, by whom and when, stays on record."""
    event.data["text"] = ""
    return True


def _forget_files(before: datetime) -> int:
    stored = FileTransfer.objects.filter(session__ended_at__lt=before).exclude(file="")
    return _each(stored, delete_file)


def _forget_recordings(before: datetime) -> int:
    # Including pieces that never became a file.
    kept = ~Q(file="") | Q(segments__isnull=False)
    return _each(Recording.objects.filter(kept, session__ended_at__lt=before).distinct(), delete_recording)


def _forget_sessions(before: datetime) -> int:
    return _each(SupportSession.objects.filter(ended_at__lt=before), forget_session)


def forget_session(session: SupportSession) -> None:
    """Delete the whole record; only a number that must not be used again yet is kept (E37)."""
    for transfer in session.file_transfers.all():
        delete_file(transfer)
    for recording in session.recordings.all():
        delete_recording(recording)
    with transaction.atomic():
        if session.started_at > _reusable_before(SitePolicy.current()):
            RetiredNumber.objects.create(number=session.number, used_at=session.started_at)
        forget_streams([session.stream, *map(lobby_stream, session.participants.customers())])
        session.delete()


def _free_numbers(policy: SitePolicy) -> None:
    RetiredNumber.objects.filter(used_at__lte=_reusable_before(policy)).delete()


def _reusable_before(policy: SitePolicy) -> datetime:
    return clock.now() - timedelta(days=policy.number_reuse_days)


def _each(rows: models.QuerySet[Row], forget: Callable[[Row], None]) -> int:
    chosen = list(rows.order_by("pk")[:AT_ONCE])
    for row in chosen:
        forget(row)
    return len(chosen)
