"""Delete what the site keeps no longer (E44): each kind of data so many days after the end of its session.

The oldest of each kind is found by an index, so nothing due costs nothing. Transactions are short, so that nobody waits
long for the database. What one step deletes is gone for good, so running it twice does no harm.
"""

from datetime import datetime, timedelta

from sessions_app.actions.retention.delete_files import delete_files, delete_recordings
from sessions_app.actions.retention.forget_sessions import forget_sessions, reusable_before
from sessions_app.models import ChatMessage, FileTransfer, Recording, RecordingSegment, RetiredNumber, SupportSession
from sessions_app.models.kept import KEPT
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.forgetting import forget_words
from supportcenter.pieces import each_piece

# How much of each kind one run deletes: far less than there is time for within the lease of a job.
AT_ONCE = 60
# Sessions whose rows are deleted in one transaction.
TOGETHER = 30
# Messages or pieces of recordings that one run looks at, to find the sessions or recordings that they belong to.
LOOKED_AT = 1000


def remove_what_is_due() -> bool:
    """Delete some of what is due; true if there may be more."""
    policy = SitePolicy.current()
    record = policy.retention_days
    steps = [
        (policy.chat_days, _forget_chats),
        (policy.file_days, _forget_files),
        (policy.recording_days, _forget_films),
        (policy.recording_days, _forget_pieces),
    ]
    RetiredNumber.objects.filter(used_at__lte=reusable_before(policy)).delete()
    # 0 days: kept for ever, or as long as the record is. What is kept no shorter than the record goes with it.
    sooner = [(days, step) for days, step in steps if days and (days < record or not record)]
    more = [step(clock.now() - timedelta(days=days)) for days, step in sooner]
    if record:
        more.append(_forget_sessions(clock.now() - timedelta(days=record), policy))
    return any(more)


def _forget_chats(before: datetime) -> bool:
    """Take texts and reactions out of messages' events; that something was said, by whom and when, stays on record.

    The messages go last, since they are what is found here.
    """
    said = ChatMessage.objects.filter(at__lt=before, session__ended_at__lt=before).order_by("at")
    found = list(said.values_list("session", flat=True)[:LOOKED_AT])
    sessions = list(SupportSession.objects.filter(pk__in=list(dict.fromkeys(found))[:AT_ONCE]))
    streams = [session.stream for session in sessions]
    forget_words(streams, ("chat.said", "chat.edited"))
    forget_words(streams, ("chat.reacted",), fact="reaction")
    for messages in each_piece(ChatMessage.objects.filter(session__in=sessions).order_by()):
        messages.delete()
    return bool(found)


def _forget_files(before: datetime) -> bool:
    kept = FileTransfer.objects.filter(KEPT, offered_at__lt=before, session__ended_at__lt=before)
    transfers = list(kept.order_by("offered_at")[:AT_ONCE])
    delete_files(transfers)
    return len(transfers) == AT_ONCE


def _forget_films(before: datetime) -> bool:
    kept = Recording.objects.filter(KEPT, started_at__lt=before, session__ended_at__lt=before)
    recordings = list(kept.order_by("started_at")[:AT_ONCE])
    delete_recordings(recordings)
    return len(recordings) == AT_ONCE


def _forget_pieces(before: datetime) -> bool:
    """Of recordings that never became a film."""
    pieces = RecordingSegment.objects.filter(started_at__lt=before, recording__session__ended_at__lt=before)
    found = pieces.order_by("started_at").values_list("recording", flat=True)[:LOOKED_AT]
    recordings = list(Recording.objects.filter(pk__in=list(dict.fromkeys(found))[:AT_ONCE]))
    delete_recordings(recordings)
    return bool(recordings)


def _forget_sessions(before: datetime, policy: SitePolicy) -> bool:
    due = list(SupportSession.objects.filter(ended_at__lt=before).order_by("ended_at")[:AT_ONCE])
    for start in range(0, len(due), TOGETHER):
        forget_sessions(due[start : start + TOGETHER], policy)
    return len(due) == AT_ONCE
