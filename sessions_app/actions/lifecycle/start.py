from collections.abc import Mapping

from django.db import transaction

from sessions_app import events
from sessions_app.actions.case.details import set_tracking
from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.idle_clock import check_later
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.lifecycle.numbers import free_number
from sessions_app.errors import NotACsr
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_start
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@transaction.atomic
def start_session(
    *, email_box: bool = False, tracking: Mapping[int, str] | None = None, press: str = "", by: User
) -> SupportSession:
    """Start a session, with its number (S7); its mode is decided now and never changes (E35).

    `tracking` has the values of tracking fields, by their keys.
    If the same `press` of the button arrives twice, both lead to one session.

    Raises NotACsr, SessionRunning (E34: single-session mode has one session), NoNumberFree, DetailsRefused.
    """
    by = by.locked()
    require(may_start(by), NotACsr)
    if press and (again := SupportSession.objects.open().filter(starter=by, press=press).first()):
        return again
    policy = SitePolicy.current()
    mode = admit_csr(by, policy)
    _remember_email_box(by, email_box)
    session = open_session(by, mode, policy, press=press)
    set_tracking(session, tracking or {})
    return session


def open_session(
    user: User,
    mode: str,
    policy: SitePolicy,
    *,
    branched_from: SupportSession | None = None,
    press: str = "",
) -> SupportSession:
    """Open a session with `user`, whose row is locked, as its primary; their page has the grace to connect (E2)."""
    number = free_number(policy)
    session = SupportSession.objects.create(
        number=number,
        mode=mode,
        starter=user,
        branched_from=branched_from,
        admits_by_hand=branched_from is not None and branched_from.admits_by_hand,
        press=press,
    )
    session.primary = Participant.objects.create(
        session=session, kind=Participant.Kind.CSR, user=user, name=user.display_name, admitted_at=clock.now()
    )
    session.save(update_fields=["primary"])
    record(session.stream, events.session_started(session), by=session.primary)
    record(session.stream, events.participant_joined(session.primary), by=session.primary)
    expect_arrival(session.primary, policy)
    check_later(session, policy)
    return session


def _remember_email_box(user: User, ticked: bool) -> None:
    """Keep the choice for the next start, whose form shows it (E39b)."""
    privileges = user.csr_privileges
    if privileges.email_box_ticked != ticked:
        privileges.email_box_ticked = ticked
        privileges.save(update_fields=["email_box_ticked"])
