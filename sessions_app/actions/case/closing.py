"""The form that follows the end of a session: what became of it (E56)."""

from collections.abc import Collection, Mapping

from sessions_app import events
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import STAFF_OF_THE_SESSION, add_note
from sessions_app.actions.locking import session_action
from sessions_app.errors import ClosingIncomplete, DetailsRefused, NoClosingForm, NotEndedYet
from sessions_app.models import ClosingReason, Participant, SessionClosing, SupportSession, TrackingField
from sessions_app.rules.closing_hooks import closing_of
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.refusals.found import found


def ask_for_closing(session: SupportSession) -> None:
    """Ask the primary of a locked session that is about to end, if a customer ever came and the site wants it."""
    if session.primary is None or session.first_joined_at is None:
        return
    rule = closing_of(session, SitePolicy.current())
    if rule != SitePolicy.Closing.OFF:
        is_required = rule == SitePolicy.Closing.REQUIRED
        SessionClosing.objects.create(session=session, user=session.primary.account, is_required=is_required)


@session_action(who=STAFF_OF_THE_SESSION, after_end=True, touch=False)
def close_case(
    session: SupportSession,
    *,
    reason: int | None = None,
    values: Mapping[int, str],
    give: Collection[int] = (),
    take: Collection[int] = (),
    note: str = "",
    press: str,
    by: Participant,
) -> SessionClosing:
    """Keep what became of an ended session. Filled in again, it changes what is named; a `reason` of 0 takes it away.

    Raises NotInSession, NotEndedYet, NoClosingForm, ClosingIncomplete, DetailsRefused, NoteRefused, NotesFull.
    """
    require(not session.is_open, NotEndedYet)
    closing = found(SessionClosing.objects.filter(session=session).select_related("reason").first(), NoClosingForm)
    chosen = _reason(reason, closing)
    change_details(session, values=values, give=give, take=take, by=by)
    if closing.is_required:
        _require_all(session, chosen)
    if note:
        add_note(session, text=note, press=press, by=by)
    closing.mark_closed(by, chosen)
    record(session.stream, events.closing_completed(closing), by=by)
    return closing


def _reason(key: int | None, closing: SessionClosing) -> ClosingReason | None:
    """One that is in use, or the one that was chosen before."""
    if key is None or key == closing.reason_id:
        return closing.reason
    if key == 0:
        return None
    return found(ClosingReason.objects.filter(pk=key, is_on=True).first(), DetailsRefused)


def _require_all(session: SupportSession, reason: ClosingReason | None) -> None:
    """After the values are set: what has been given during the session counts."""
    require(reason or not ClosingReason.objects.filter(is_on=True).exists(), ClosingIncomplete)
    wanted = TrackingField.objects.filter(is_on=True, is_required=True)
    require(not wanted.exclude(pk__in=session.tracking.values("field")).exists(), ClosingIncomplete)
