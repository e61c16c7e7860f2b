"""Pages come and go; participants stay until their grace is over (E1, E2, E3).

To a server a reload, a closed page and a page that went elsewhere look alike. So each tab keeps a secret: a page that
presents it in time has only been reloaded. A page that closes says so with a beacon and gets the short grace; one that
vanishes gets the long one.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from sessions_app import events
from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.locking import ANYONE, PRESENT, lock_session, session_action
from sessions_app.actions.presence.absence import part_with
from sessions_app.errors import DashboardClosed
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import has_place_in, may_stay
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.browser_secrets import digest
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

# What a page may report about itself; anything else is ignored.
ABILITIES = ("voice", "screen", "camera", "phone")

CLOSED, LOST, LOST_CLOSED = Participant.Away.CLOSED, Participant.Away.LOST, Participant.Away.LOST_CLOSED


@session_action(who=PRESENT, touch=False)
def arrive(session: SupportSession, *, page: str, secret: str, by: Participant) -> str:
    """Connect a page as the participant's; returns the page that it replaces, or "" (E3: opened elsewhere).

    Raises SessionHasEnded, NotInSession, DashboardClosed (E1: after a CSR's tab was closed, only that tab may return).
    """
    same_tab = by.tab_hash == digest(secret)
    require(by.is_customer or not by.is_closed or same_tab, DashboardClosed)
    taken_over = by.page if by.is_here and by.page != page else ""
    was_lost = by.is_lost
    by.mark_arrived(page=page, secret=secret)
    if was_lost:
        record(session.stream, events.participant_returned(by), by=by)
    return taken_over


@session_action(who=PRESENT, touch=False)
def restore(session: SupportSession, *, by: Participant) -> None:
    """Let any page of a CSR come back to a session whose page was closed, because they ask for it while its grace runs.

    A page that is connected, or about to be, changes nothing.

    Raises SessionHasEnded, NotInSession.
    """
    if not by.is_closed:
        return
    _put_off(session, by, LOST if by.is_lost else Participant.Away.ARRIVING)


@session_action(who=ANYONE, after_end=True, touch=False)
def lose(session: SupportSession, *, page: str, by: Participant) -> None:
    """Note that the page's connection was lost, without the page having closed (E2)."""
    if not (session.is_open and has_place_in(by, session) and by.is_here and by.page == page):
        return
    if not may_stay(by):
        part_with(session, by)
        return
    by.mark_away(LOST)
    policy = SitePolicy.current()
    record(session.stream, events.participant_lost(by, by.grace_over_at(policy)), by=by)
    expect_arrival(by, policy)


@session_action(who=ANYONE, after_end=True, touch=False)
def close_page(session: SupportSession, *, page: str, secret: str, by: Participant) -> None:
    """Note that the page is being closed or reloaded, as it says itself (E1). Only the participant's own tab counts.

    Saying it again changes nothing, so that nobody puts off the end of the grace.
    """
    if not (session.is_open and has_place_in(by, session) and by.page == page and by.tab_hash == digest(secret)):
        return
    if by.is_closed:
        return
    _put_off(session, by, LOST_CLOSED if by.is_lost else CLOSED)


def _put_off(session: SupportSession, participant: Participant, how: Participant.Away) -> None:
    """Begin another grace; the others, who see that of a lost participant run down, learn when it is over."""
    participant.mark_away(how)
    policy = SitePolicy.current()
    _tell_grace(session, participant, policy)
    expect_arrival(participant, policy)


def _tell_grace(session: SupportSession, participant: Participant, policy: SitePolicy) -> None:
    if participant.is_lost:
        until = participant.grace_over_at(policy)
        record(session.stream, events.participant_expected(participant, until), by=participant)


@session_action(who=PRESENT, touch=False)
def equip(session: SupportSession, *, can: Mapping[str, object], by: Participant) -> None:
    """Note what a page can do: carry voice (E16), share a screen (E36). Reporting the same again changes nothing.

    Raises SessionHasEnded, NotInSession.
    """
    abilities = {ability: bool(can[ability]) for ability in ABILITIES if ability in can}
    if by.can != abilities:
        by.can = abilities
        by.save(update_fields=["can"])
        record(session.stream, events.participant_equipped(by), by=by)


@transaction.atomic
def end_absence(participant: Participant) -> None:
    """End the stay of a participant who has been away for the whole of their grace (E2, E3, E5)."""
    session, participant = lock_session(participant.session, participant)
    if not (session.is_open and participant.is_present) or participant.away_since is None:
        return
    policy = SitePolicy.current()
    if participant.grace_over_at(policy) > clock.now():
        expect_arrival(participant, policy)
    else:
        part_with(session, participant)


def note_seen(here: Iterable[tuple[int, str]]) -> None:
    """Note that many connected (participant, page) were seen now; a process that dies stops noting (`find_silent`).

    A page that was taken for lost although its socket is open is here again. If the socket closes at this very moment,
    the missing notes show it.
    """
    pages = set(here)
    mine = Participant.objects.present().filter(pk__in=[participant for participant, _page in pages])
    mine.filter(away_since=None).update(last_seen_at=clock.now())
    for participant in mine.filter(away_how=LOST, session__ended_at=None).select_related("session"):
        if (participant.pk, participant.page) in pages:
            _find_again(participant.session, page=participant.page, by=participant)


@session_action(who=ANYONE, after_end=True, touch=False)
def _find_again(session: SupportSession, *, page: str, by: Participant) -> None:
    if session.is_open and has_place_in(by, session) and by.away_how == LOST and by.page == page:
        by.mark_here()
        record(session.stream, events.participant_returned(by), by=by)


def find_silent(silence: timedelta) -> None:
    """Take participants for lost who are marked as here but were not seen for `silence`: their process has died."""
    silent = Participant.objects.present().filter(
        session__ended_at=None, away_since=None, last_seen_at__lt=clock.now() - silence
    )
    for participant in silent.select_related("session"):
        lose(participant.session, page=participant.page, by=participant)


def restart_graces() -> None:
    """Start every grace again after the server was down, since nobody could reconnect in the meantime (E2).

    Those who see one run down learn when it is over now.
    """
    away = Participant.objects.present().filter(session__ended_at=None, away_since__isnull=False)
    with transaction.atomic():
        away.update(away_since=clock.now())
    for participant in away.select_related("session"):
        _tell_restarted(participant.session, by=participant)


@session_action(who=ANYONE, after_end=True, touch=False)
def _tell_restarted(session: SupportSession, *, by: Participant) -> None:
    if session.is_open and has_place_in(by, session):
        _tell_grace(session, by, SitePolicy.current())


def drop_account(user: User) -> None:
    """Drop an account that was disabled, or is no CSR's any more, from every session it is in, at once (E11).

    Each session has a job of its own, which is tried again if it fails: trouble with one session neither delays the
    others nor prevents the account from being disabled.
    """
    for participant in Participant.objects.present().filter(user=user, session__ended_at=None):
        run_later("sessions.account_disabled", participant=participant.pk)


@transaction.atomic
def drop(participant: Participant) -> None:
    """End the stay of a participant whose account may not be here any more, unless it may again."""
    session, participant = lock_session(participant.session, participant)
    if session.is_open and participant.is_present and not may_stay(participant):
        part_with(session, participant)


def drop_without_rights() -> None:
    """Drop the CSRs who have lost their right without the site being told, for example by a statement of SQL (E11)."""
    lost = Q(user__is_active=False) | Q(user__csr_privileges=None)
    csrs = Participant.objects.present().csrs().filter(lost, session__ended_at=None)
    for participant in csrs.select_related("session"):
        drop(participant)
