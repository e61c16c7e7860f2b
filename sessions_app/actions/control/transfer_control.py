"""Transfer control to a CSR who assists in the session now; nobody has to accept (S53–S66)."""

from collections.abc import Iterator

from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.idle_clock import touch
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import (
    NobodyToReturnTo,
    NoRoomAtTarget,
    NotACsr,
    SessionRunning,
    TargetGone,
    TargetIsBusy,
)
from sessions_app.models import Activity, Participant, SupportSession
from sessions_app.rules.capacity import move_slots, slots_in
from sessions_app.rules.permissions import may_carry_voice, may_take_control
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.refusals.found import found

ENDS_ALWAYS = [kind for kind in Capability if kind != Capability.VOICE]


@session_action(who=PRIMARY)
def transfer_control(session: SupportSession, to: Participant, *, by: Participant) -> SupportSession:
    """Hand control to the assistant `to`, effective at once (S61, S62); the former primary may stay (S55).

    Raises SessionHasEnded, NotInControl, TargetGone (E7), TargetIsBusy (S37), NoRoomAtTarget (E10).
    """
    to = found(_present(session, to), TargetGone)
    require(may_take_control(to, session), TargetGone)
    hand_over(session, to, why="transferred", by=by)
    return session


@session_action(who=PRIMARY)
def return_control(session: SupportSession, *, by: Participant) -> SupportSession:
    """Return control to the CSR who transferred it, as long as they are in the session (S56, E9).

    Raises SessionHasEnded, NotInControl, NobodyToReturnTo, TargetGone (E11), TargetIsBusy (S37), NoRoomAtTarget (E10).
    """
    giver = found(_present(session, by.control_from), NobodyToReturnTo)
    require(may_take_control(giver, session), NobodyToReturnTo)
    hand_over(session, giver, why="returned", by=by)
    return session


def hand_over(session: SupportSession, to: Participant, *, why: str, by: Participant) -> None:
    """Make `to` the primary of the locked session: slots move, what runs ends in order, then control passes (E14).

    Raises TargetGone, TargetIsBusy, NoRoomAtTarget, before anything has changed.
    """
    former, policy = session.primary, SitePolicy.current()
    assert former is not None
    taker = _lock_free(to, policy)
    require(move_slots(former.account, taker, policy, slots_in(session)), NoRoomAtTarget)
    reason = Activity.StopReason.CONTROL_TRANSFERRED
    stop_activities(session, reason, kinds=ENDS_ALWAYS, by=by)
    _pass_call_on(session, former, to, by=by)
    record(session.stream, events.chat_closed(session), by=by)
    _note_giver(former, to, why)
    session.give_control(to)
    record(session.stream, events.control_transferred(former, to, why=why), by=by)


def _present(session: SupportSession, participant: Participant | None) -> Participant | None:
    if participant is None:
        return None
    csr = session.participants.present().csrs().select_related("user").filter(pk=participant.pk).first()
    if csr:
        csr.session = session
    return csr


def _lock_free(to: Participant, policy: SitePolicy) -> User:
    """Lock the target's account, which may control one more session. Raises TargetGone, TargetIsBusy."""
    user = to.account.locked()
    try:
        admit_csr(user, policy)
    except NotACsr as refusal:
        # Since they were asked, their privileges have been taken (E11).
        raise TargetGone from refusal
    except SessionRunning as refusal:
        # Which other session the target has is not for others to know.
        raise TargetIsBusy from refusal
    return user


def _pass_call_on(session: SupportSession, former: Participant, to: Participant, *, by: Participant) -> None:
    """Keep a voice call going under the new primary if their page can carry it, else end it (S66, E16)."""
    for call in Activity.objects.filter(session=session, kind=Capability.VOICE).alive():
        if not may_carry_voice(to):
            stop_activities(session, Activity.StopReason.NO_VOICE, kinds=[Capability.VOICE], by=by)
        elif call.owner_id == former.pk:
            call.owner = to
            call.save(update_fields=["owner"])
            record(session.stream, events.activity_moved(call), by=by)


def _note_giver(former: Participant, to: Participant, why: str) -> None:
    """Remember who had control, so that it can be returned (E9); once returned, forget it."""
    if why in {"transferred", "taken_over"}:
        to.control_from = former
        to.save(update_fields=["control_from"])
    elif former.control_from_id:
        former.control_from = None
        former.save(update_fields=["control_from"])


def hand_to_an_heir(session: SupportSession, vanished: Participant) -> bool:
    """Make the first heir who is free and has room the primary of the locked session; False if there is none (E5)."""
    for heir in _heirs(session, vanished):
        try:
            hand_over(session, heir, why="vanished", by=vanished)
        except (TargetGone, TargetIsBusy, NoRoomAtTarget):
            continue
        touch(session, by=vanished)
        return True
    return False


def _heirs(session: SupportSession, former: Participant) -> Iterator[Participant]:
    """The CSRs who may follow a primary who vanished: first the giver of control, then the longest present."""
    present = session.participants.present().csrs().exclude(pk=former.pk).select_related("user")
    for heir in sorted(present, key=lambda csr: (csr.pk != former.control_from_id, csr.joined_at, csr.pk)):
        heir.session = session
        if may_take_control(heir, session):
            yield heir
