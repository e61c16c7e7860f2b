"""Control passes to a CSR who assists in this session now; nobody has to accept (S53–S66)."""

from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.idle_clock import touch
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import (
    NobodyToReturnTo,
    NoRoomAtTarget,
    SessionRunning,
    TargetGone,
    TargetIsBusy,
)
from sessions_app.models import Activity
from sessions_app.rules.capacity import move_slots, slots_in
from sessions_app.rules.permissions import may_carry_voice, may_take_control
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

ENDS_ALWAYS = [kind for kind in Capability if kind != Capability.VOICE]


@session_action(who=PRIMARY)
def transfer_control(session, to, *, by):
    """Hand control to the assistant `to`, who controls at once (S61, S62); the former primary may stay (S55).

    Raises SessionHasEnded, NotInControl, TargetGone (E7), TargetIsBusy (S37), NoRoomAtTarget (E10).
    """
    to = _present(session, to)
    require(to is not None and may_take_control(to, session), TargetGone)
    hand_over(session, to, why="transferred", by=by)
    return session


@session_action(who=PRIMARY)
def return_control(session, *, by):
    """Give control back to whoever gave it, while that CSR is present (S56, E9)."""
    require(by.control_from_id is not None, NobodyToReturnTo)
    giver = _present(session, by.control_from)
    require(giver is not None and may_take_control(giver, session), NobodyToReturnTo)
    hand_over(session, giver, why="returned", by=by)
    return session


def hand_over(session, to, *, why, by):
    """Make `to` the primary of the locked session: what runs ends in order, slots move, then control (E14).

    Raises TargetIsBusy, NoRoomAtTarget, and has then changed nothing.
    """
    former, policy = session.primary, SitePolicy.current()
    _require_free(to, policy)
    require(move_slots(former.user, to.user, policy, slots_in(session)), NoRoomAtTarget)
    reason = Activity.StopReason.CONTROL_TRANSFERRED
    stop_activities(session, reason, kinds=ENDS_ALWAYS, by=by)
    _pass_call_on(session, former, to, by=by)
    record(session.stream, events.chat_closed(session), by=by)
    _note_giver(former, to, why)
    session.primary = to
    session.conversation += 1
    session.save(update_fields=["primary", "conversation"])
    record(session.stream, events.control_transferred(former, to, why=why), by=by)


def _present(session, participant):
    found = session.participants.present().csrs().select_related("user").filter(pk=participant.pk).first()
    if found:
        found.session = session
    return found


def _require_free(to, policy):
    try:
        admit_csr(to.user.locked(), policy)
    except SessionRunning as refusal:
        # Where the target's other session is, is theirs to know.
        raise TargetIsBusy from refusal


def _pass_call_on(session, former, to, *, by):
    """S66: a voice call goes on under the new primary if his console can carry it, else it ends (E16)."""
    for call in Activity.objects.filter(session=session, kind=Capability.VOICE).alive():
        if not may_carry_voice(to):
            stop_activities(session, Activity.StopReason.NO_VOICE, kinds=[Capability.VOICE], by=by)
        elif call.owner_id == former.pk:
            call.owner = to
            call.save(update_fields=["owner"])
            record(session.stream, events.activity_moved(call), by=by)


def _note_giver(former, to, why):
    """Remember who gave control to whom: the way back (E9). Giving back forgets the way there."""
    if why == "transferred":
        to.control_from = former
        to.save(update_fields=["control_from"])
    elif former.control_from_id:
        former.control_from = None
        former.save(update_fields=["control_from"])


def hand_to_an_heir(session, vanished):
    """Make the first heir who is free, and has room, the primary of the locked session; False if there is none (E5)."""
    for heir in _heirs(session, vanished):
        try:
            hand_over(session, heir, why="vanished", by=vanished)
        except (TargetIsBusy, NoRoomAtTarget):
            continue
        touch(session, by=vanished)
        return True
    return False


def _heirs(session, former):
    """Who may follow a primary who vanished: the giver of control first, then the longest present."""
    present = session.participants.present().csrs().exclude(pk=former.pk).select_related("user")
    for heir in sorted(present, key=lambda csr: (csr.pk != former.control_from_id, csr.joined_at, csr.pk)):
        heir.session = session
        if may_take_control(heir, session):
            yield heir
