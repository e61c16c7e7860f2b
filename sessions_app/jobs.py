"""Deadlines of sessions. Each looks at the state of things before it acts, so running one twice does no harm.

The names of the jobs are older than those of their functions, and stay: databases hold them.
"""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sessions_app.actions import receipts
from sessions_app.actions.activities import consent
from sessions_app.actions.files import release
from sessions_app.actions.lifecycle import idle_timeout, refusals
from sessions_app.actions.presence import csr_pages, presence
from sessions_app.actions.recordings import finalize
from sessions_app.actions.retention import retention
from sessions_app.actions.search_index import merge_indexes, store_words
from sessions_app.mail import transcript
from sessions_app.mail.receipt import message_of
from sessions_app.models import (
    Activity,
    FileTransfer,
    Participant,
    ReceiptMail,
    Recording,
    SupportSession,
    TranscriptMail,
)
from sessions_app.models.word_index import is_behind
from sessions_app.queries.receipt import receipt_of
from sessions_app.queries.transcript import latest_text
from sessions_app.rules.permissions import may_have_transcript
from sessions_app.rules.transcripts import mails_transcripts
from sessions_app.storage.upload_store import clear_all_work
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.jobs.workers.startup import on_startup
from supportcenter.live import SILENCE
from supportcenter.mail.models import Delivery
from supportcenter.mail.owners import composer, on_change


@handler("sessions.absence_over", words=_("End someone’s absence from a session"))
def absence_over(participant: int) -> None:
    row = Participant.objects.select_related("session").filter(pk=participant).first()
    if row:
        presence.end_absence(row)


@handler("sessions.account_disabled", words=_("Take a disabled account out of its sessions"))
def account_disabled(participant: int) -> None:
    row = Participant.objects.select_related("session").filter(pk=participant).first()
    if row:
        presence.drop(row)


@handler("sessions.watch_quiet", words=_("End an idle session"))
def check_idle(session: int) -> None:
    row = SupportSession.objects.filter(pk=session).first()
    if row:
        idle_timeout.check(row)


@handler("sessions.tell_refusals", words=_("Tell a session about refused customers"))
def tell_refusals(session: int) -> None:
    row = SupportSession.objects.filter(pk=session).first()
    if row:
        refusals.tell_refusals(row)


on_change(ReceiptMail.KIND)(receipts.forget_reply)


@composer(ReceiptMail.KIND, words=_("Receipt"))
def compose_receipt(delivery: Delivery) -> EmailMessage | None:
    """Nothing is sent once the customer's data is erased, or the session deleted."""
    row = ReceiptMail.objects.select_related("participant__session").filter(pk=delivery.subject).first()
    if row is None or not row.email:
        return None
    with SitePolicy.read_once(), override(row.language), timezone.override(timezone.get_default_timezone()):
        return message_of(row, receipt_of(row.participant))


on_change(TranscriptMail.KIND)(receipts.forget_reply)


@composer(TranscriptMail.KIND, words=_("Conversation"))
def compose_transcript(delivery: Delivery) -> EmailMessage | None:
    """Nothing is sent once it may not be, or is not there any more (E44)."""
    rows = TranscriptMail.objects.select_related("participant__session", "sent_by")
    row = rows.filter(pk=delivery.subject).first()
    if row is None or not row.email:
        return None
    with SitePolicy.read_once(), override(row.language), timezone.override(timezone.get_default_timezone()):
        if not (mails_transcripts(SitePolicy.current()) and may_have_transcript(row.participant)):
            return None
        text, is_cut = latest_text(row.participant, transcript.MOST_BYTES)
        return transcript.message_of(row, receipt_of(row.participant), text, is_cut=is_cut) if text else None


@handler("sessions.request_unanswered", words=_("End a request that no one answered"))
def request_unanswered(activity: int) -> None:
    row = Activity.objects.select_related("session").filter(pk=activity).first()
    if row:
        consent.leave_unanswered(row)


@handler("sessions.finish_recording", slow=True, words=_("Finish a recording"))
def finalize_recording(recording: int) -> None:
    row = Recording.objects.select_related("session").filter(pk=recording).first()
    if row:
        finalize.finalize_recording(row)


@handler("sessions.keep_file", slow=True, words=_("Scan a file and hand it over"))
def release_file(file: int) -> None:
    row = FileTransfer.objects.select_related("session").filter(pk=file).first()
    if row:
        release.release_file(row)


@handler("sessions.find_silent", every=SILENCE, words=_("Find people whose connection is lost"))
def find_silent() -> None:
    presence.find_silent(SILENCE)
    presence.drop_without_rights()
    csr_pages.forget_silent()


@handler("sessions.retention", every=timedelta(hours=1), slow=True, words=_("Delete session data that is due"))
def keep_no_longer() -> None:
    if retention.remove_what_is_due():
        run_later("sessions.retention_goes_on")


# What one run leaves over, at once, between the other jobs.
handler("sessions.retention_goes_on", slow=True, words=_("Delete more session data that is due"))(keep_no_longer)


@handler("sessions.merge_indexes", every=timedelta(days=1), slow=True, words=_("Clear deleted words out of the search"))
def clear_words() -> None:
    merge_indexes()
    # Processes of an earlier release may have written lines since the start of this one.
    index_what_is_not()


# Somebody was erased: not tomorrow, but now.
handler("sessions.clear_erased_words", slow=True, words=_("Clear erased words out of the search"))(clear_words)


@handler("sessions.index_lines", slow=True, words=_("Make older lines of the chat searchable"))
def index_lines(below: int | None = None) -> None:
    if last := store_words(below):
        run_later("sessions.index_lines", below=last)


@on_startup
def index_what_is_not() -> None:
    if is_behind() and not Job.objects.pending().filter(kind="sessions.index_lines").exists():
        run_later("sessions.index_lines", below=None)


on_startup(clear_all_work)


@on_startup
def restart_graces() -> None:
    presence.restart_graces()
