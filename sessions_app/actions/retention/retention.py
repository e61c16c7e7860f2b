"""What the site keeps no longer (E44): each kind of data so many days from the end of its session.

A step at a time, each session in a transaction of its own, so that nobody waits long for the database; what a step does
is done for good, so running twice does no harm.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from sessions_app.actions.retention.delete_files import drop_file, drop_recording
from sessions_app.models import ChatMessage, FileTransfer, Recording, RetiredNumber, SupportSession
from sessions_app.rules.streams import lobby_stream
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.forgetting import forget_streams, rewrite

# Of each kind at one run: far below what the lease of a job lasts.
AT_ONCE = 50


def remove_what_is_due():
    """Remove some of what is due; true if there may be more."""
    policy = SitePolicy.current()
    steps = [
        (policy.chat_days, _forget_chats),
        (policy.file_days, _forget_files),
        (policy.recording_days, _forget_recordings),
        (policy.retention_days, _forget_sessions),
    ]
    _free_numbers(policy)
    # 0 keeps for ever, or as long as the record.
    done = [step(clock.now() - timedelta(days=days)) for days, step in steps if days]
    return AT_ONCE in done


def _forget_chats(before):
    talked = ChatMessage.objects.filter(session__ended_at__lt=before).order_by("session")
    keys = list(talked.values_list("session", flat=True).distinct()[:AT_ONCE])
    for session in SupportSession.objects.filter(pk__in=keys):
        _forget_chat(session)
    return len(keys)


@transaction.atomic
def _forget_chat(session):
    rewrite(session.stream, without_text, types=["chat.said"])
    session.chat_messages.all().delete()


def without_text(event):
    """That something was said, by whom and when, stays on record as long as the record does."""
    event.data["text"] = ""
    return True


def _forget_files(before):
    stored = FileTransfer.objects.filter(session__ended_at__lt=before).exclude(file="")
    return _each(stored, drop_file)


def _forget_recordings(before):
    # Also what never became a file.
    kept = ~Q(file="") | Q(segments__isnull=False)
    return _each(Recording.objects.filter(kept, session__ended_at__lt=before).distinct(), drop_recording)


def _forget_sessions(before):
    return _each(SupportSession.objects.filter(ended_at__lt=before), forget_session)


def forget_session(session):
    """Take the whole record away, and keep nothing but a number that may not be used again yet (E37)."""
    for transfer in session.file_transfers.all():
        drop_file(transfer)
    for recording in session.recordings.all():
        drop_recording(recording)
    with transaction.atomic():
        if session.started_at > _reusable_before(SitePolicy.current()):
            RetiredNumber.objects.create(number=session.number, used_at=session.started_at)
        forget_streams([session.stream, *map(lobby_stream, session.participants.customers())])
        session.delete()


def _free_numbers(policy):
    RetiredNumber.objects.filter(used_at__lte=_reusable_before(policy)).delete()


def _reusable_before(policy):
    return clock.now() - timedelta(days=policy.number_reuse_days)


def _each(rows, forget):
    chosen = list(rows.order_by("pk")[:AT_ONCE])
    for row in chosen:
        forget(row)
    return len(chosen)
