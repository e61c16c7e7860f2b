"""Deadlines of sessions. Each looks at the state of things before it acts, so running one twice does no harm.

The names of the jobs are older than those of their functions, and stay: databases hold them.
"""

from datetime import timedelta

from sessions_app.actions.activities import consent
from sessions_app.actions.files import release
from sessions_app.actions.lifecycle import idle_timeout, refusals
from sessions_app.actions.presence import presence
from sessions_app.actions.recordings import finalize
from sessions_app.actions.retention import retention
from sessions_app.models import Activity, FileTransfer, Participant, Recording, SupportSession
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.jobs.workers.startup import on_startup
from supportcenter.live import SILENCE


@handler("sessions.absence_over")
def absence_over(participant: int) -> None:
    row = Participant.objects.select_related("session").filter(pk=participant).first()
    if row:
        presence.end_absence(row)


@handler("sessions.account_disabled")
def account_disabled(participant: int) -> None:
    row = Participant.objects.select_related("session").filter(pk=participant).first()
    if row:
        presence.drop(row)


@handler("sessions.watch_quiet")
def check_idle(session: int) -> None:
    row = SupportSession.objects.filter(pk=session).first()
    if row:
        idle_timeout.check(row)


@handler("sessions.tell_refusals")
def tell_refusals(session: int) -> None:
    row = SupportSession.objects.filter(pk=session).first()
    if row:
        refusals.tell_refusals(row)


@handler("sessions.request_unanswered")
def request_unanswered(activity: int) -> None:
    row = Activity.objects.select_related("session").filter(pk=activity).first()
    if row:
        consent.leave_unanswered(row)


@handler("sessions.finish_recording", slow=True)
def finalize_recording(recording: int) -> None:
    row = Recording.objects.select_related("session").filter(pk=recording).first()
    if row:
        finalize.finalize_recording(row)


@handler("sessions.keep_file", slow=True)
def release_file(file: int) -> None:
    row = FileTransfer.objects.select_related("session").filter(pk=file).first()
    if row:
        release.release_file(row)


@handler("sessions.find_silent", every=SILENCE)
def find_silent() -> None:
    presence.find_silent(SILENCE)
    presence.drop_without_rights()


@handler("sessions.retention", every=timedelta(hours=1), slow=True)
def keep_no_longer() -> None:
    if retention.remove_what_is_due():
        run_later("sessions.retention_goes_on")


# What one run leaves over, at once, between the other jobs.
handler("sessions.retention_goes_on", slow=True)(keep_no_longer)


@on_startup
def restart_graces() -> None:
    presence.restart_graces()
