"""Pages come and go; people stay until a grace is over (E1, E2, E3).

To a server a reload, a closed page and a page that moved on look alike. The page keeps a secret in its tab: whoever
presents it in time has merely reloaded. A page that goes says so by a beacon and gets the short grace; one that
vanishes gets the long one.
"""

from django.db import transaction

from sessions_app import events
from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.locking import ANYONE, PRESENT, lock_session, session_action
from sessions_app.actions.presence.absence import part_with
from sessions_app.errors import DashboardClosed
from sessions_app.models import Participant
from sessions_app.models.participant import digest
from sessions_app.rules.permissions import is_in
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

# What a page may report of itself; anything else it says is passed over.
ABILITIES = ("voice", "screen", "camera", "phone")

CLOSED, LOST, LOST_CLOSED = Participant.Away.CLOSED, Participant.Away.LOST, Participant.Away.LOST_CLOSED


@session_action(who=PRESENT, touch=False)
def arrive(session, *, page, secret, by):
    """A page takes the participant's seat. Returns the page it took over from, or "" (E3: opened elsewhere).

    Raises SessionHasEnded, NotInSession, DashboardClosed (E1: a CSR's closed tab is taken up only by itself).
    """
    same_tab = by.tab_hash == digest(secret)
    require(by.is_customer or not by.is_closed or same_tab, DashboardClosed)
    taken_over = by.page if by.is_here and by.page != page else ""
    was_lost = by.is_lost
    by.mark_arrived(page=page, secret=secret)
    if was_lost:
        record(session.stream, events.participant_returned(by), by=by)
    return taken_over


@session_action(who=ANYONE, after_end=True, touch=False)
def lose(session, *, page, by):
    """The page's connection is gone without a word (E2)."""
    if not (session.is_open and is_in(by, session) and by.is_here and by.page == page):
        return
    by.mark_away(LOST)
    policy = SitePolicy.current()
    record(session.stream, events.participant_lost(by, by.grace_over_at(policy)), by=by)
    expect_arrival(by, policy)


@session_action(who=ANYONE, after_end=True, touch=False)
def close_page(session, *, page, secret, by):
    """The page said that it is going: reloaded, closed, or moved on (E1). Only the tab that holds the seat counts."""
    if not (session.is_open and is_in(by, session) and by.page == page and by.tab_hash == digest(secret)):
        return
    by.mark_away(LOST_CLOSED if by.is_lost else CLOSED)
    expect_arrival(by, SitePolicy.current())


@session_action(who=PRESENT, touch=False)
def equip(session, *, can, by):
    """A page tells what it can do: carry voice (E16), share a screen (E36). The same again changes nothing."""
    can = {ability: bool(can[ability]) for ability in ABILITIES if ability in can}
    if by.can != can:
        by.can = can
        by.save(update_fields=["can"])
        record(session.stream, events.participant_equipped(by), by=by)


@transaction.atomic
def end_absence(participant):
    """A grace is over: if the participant is still away for as long as that, act on it (E2, E3, E5)."""
    session = participant.session.locked()
    participant = Participant.objects.select_related("user").get(pk=participant.pk)
    participant.session = session
    if not (session.is_open and participant.is_present) or participant.away_since is None:
        return
    policy = SitePolicy.current()
    if participant.grace_over_at(policy) > clock.now():
        expect_arrival(participant, policy)
    else:
        part_with(session, participant)


def note_seen(here):
    """Stamp many connected (participant, page) at once; a process that dies stops stamping (see `find_silent`).

    A page that was taken for lost although its socket lives is here again. Should the socket close at this very
    moment, the stamps that do not come tell it.
    """
    pages = set(here)
    mine = Participant.objects.present().filter(pk__in=[participant for participant, _page in pages])
    mine.filter(away_since=None).update(last_seen_at=clock.now())
    for participant in mine.filter(away_how=LOST, session__ended_at=None).select_related("session"):
        if (participant.pk, participant.page) in pages:
            _find_again(participant.session, page=participant.page, by=participant)


@session_action(who=ANYONE, after_end=True, touch=False)
def _find_again(session, *, page, by):
    if session.is_open and is_in(by, session) and by.away_how == LOST and by.page == page:
        by.mark_here()
        record(session.stream, events.participant_returned(by), by=by)


def find_silent(silence):
    """Take for lost whoever claims to be here but has not been stamped for `silence`: their process has died."""
    silent = Participant.objects.present().filter(
        session__ended_at=None, away_since=None, last_seen_at__lt=clock.now() - silence
    )
    for participant in silent.select_related("session"):
        lose(participant.session, page=participant.page, by=participant)


@transaction.atomic
def restart_graces():
    """The server has started: nobody could reconnect while it was down, so every grace begins anew (E2)."""
    away = Participant.objects.present().filter(session__ended_at=None, away_since__isnull=False)
    away.update(away_since=clock.now())


def drop_account(user):
    """E11: a disabled account is dropped at once, from every session it is in: from each by itself, and told again if
    that fails, so that trouble with one neither keeps the others nor undoes the decision."""
    for participant in Participant.objects.present().filter(user=user, session__ended_at=None):
        run_later("sessions.account_disabled", participant=participant.pk)


@transaction.atomic
def drop(participant):
    """Part with somebody whose account is disabled, unless it is good again."""
    session, participant = lock_session(participant.session, participant)
    if session.is_open and participant.is_present and not participant.user.is_active:
        part_with(session, participant)
