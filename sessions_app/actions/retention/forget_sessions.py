"""Delete the whole record of sessions (E44)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from sessions_app.actions.retention.delete_files import delete_files, delete_recordings
from sessions_app.models import ChatMessage, FileTransfer, Participant, Recording, RetiredNumber, SupportSession
from sessions_app.rules.streams import lobby_stream
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.forgetting import forget_events, forget_streams
from supportcenter.pieces import each_piece


def forget_sessions(sessions: Collection[SupportSession], policy: SitePolicy) -> None:
    """Delete these sessions whole; only a number that must not be used again yet is kept (E37).

    What can be much goes first: files, then events and messages, in transactions of their own. The rows follow in one
    for all, by the references that the database's tables declare, so that no table is forgotten.
    """
    _delete_files(sessions)
    customers = Participant.objects.customers().filter(session__in=sessions).only("pk")
    streams = [*(session.stream for session in sessions), *map(lobby_stream, customers)]
    forget_events(streams)
    for messages in each_piece(ChatMessage.objects.filter(session__in=sessions).order_by()):
        messages.delete()
    with transaction.atomic():
        _retire_numbers(sessions, policy)
        forget_streams(streams)
        SupportSession.objects.filter(pk__in=[session.pk for session in sessions]).delete()


def _delete_files(sessions: Collection[SupportSession]) -> None:
    delete_files(FileTransfer.objects.filter(session__in=sessions))
    delete_recordings(Recording.objects.filter(session__in=sessions))


def _retire_numbers(sessions: Collection[SupportSession], policy: SitePolicy) -> None:
    since = reusable_before(policy)
    used = [session for session in sessions if session.started_at > since]
    RetiredNumber.objects.bulk_create(
        RetiredNumber(number=session.number, used_at=session.started_at) for session in used
    )


def reusable_before(policy: SitePolicy) -> datetime:
    """Numbers that sessions had until then may be used again."""
    return clock.now() - timedelta(days=policy.number_reuse_days)
