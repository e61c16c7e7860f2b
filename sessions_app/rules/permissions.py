"""Who may do what in a session: the table of docs/requirements.md#who-may-do-what, one predicate a row. None writes.

`by` is whoever acts: a Participant inside the session, a User on the site, or None for the site itself.
"""

from sessions_app.models import Participant
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.text.folding import fold

VIEWING = {Capability.VIEW_DESKTOP, Capability.VIEW_APPLICATION}


def may_start(user):
    return user.is_csr


def may_assist(user):
    return user.is_csr


def may_join(session):
    return session.is_open and session.primary_id is not None


def may_be_called(name, session):
    """Not as a representative who is in the session, however it is written: one would be taken for the other."""
    here = session.participants.csrs().present().values_list("name", flat=True)
    return fold(name) not in map(fold, here)


def may_control(by, session):
    """S51, S63: control functions are the primary's alone, and only while the account is still a CSR's (E11)."""
    return is_in(by, session) and session.primary_id == by.pk and by.user.is_csr


def may_end(by, session):
    """The primary, or an admin from monitoring."""
    if by is None:
        return True
    if isinstance(by, Participant):
        return may_control(by, session)
    return by.is_active and by.is_superuser


def may_leave(by, session):
    """Everybody but the primary, who transfers control or ends (E4)."""
    return is_in(by, session) and session.primary_id != by.pk


def may_invite(by, session):
    return may_control(by, session)


def may_remove(by, session, participant):
    return may_control(by, session) and participant.pk != by.pk


def may_chat(by, session):
    return is_in(by, session) and by.is_admitted


def may_monitor(user):
    return user.is_authenticated and user.is_active and user.is_superuser


def may_read_reports(user):
    """CSRs read of their own sessions, managers and admins of all."""
    return user.is_csr or user.is_manager


def may_read_record(user, session):
    """The session's record: its own CSRs, managers and admins."""
    return user.is_manager or user.is_csr and any(one.user_id == user.pk for one in session.participants.all())


def may_erase(user):
    """E44: a customer's data, for good."""
    return user.is_authenticated and user.is_active and user.is_superuser


def may_add_to_recording(by, recording):
    """Whoever composes it: also for the moment after it has ended, or its session has, when the last piece arrives."""
    owner = recording.activity.owner
    return by.pk == owner.pk or (by.user_id is not None and by.user_id == owner.user_id)


def may_take_control(csr, session):
    """S53, E7: a CSR who assists in this session, here and now."""
    assists = is_in(csr, session) and not csr.is_customer and session.primary_id != csr.pk
    return assists and csr.is_reachable and csr.user.is_csr


def may_use(session, capability):
    """Site policy AND the privileges of the CSR in control."""
    privileges = session.primary.user.privileges if session.primary else None
    return capability not in SitePolicy.current().unusable and (
        privileges is None or capability not in privileges.switched_off
    )


def may_carry_voice(csr):
    """E16: his page can, as it reported, and his privileges let him."""
    privileges = csr.user.privileges
    return bool(csr.can.get("voice")) and privileges is not None and Capability.VOICE not in privileges.switched_off


def may_start_activity(by, session, kind):
    """Control functions are the primary's; his own camera anybody may show, and take part in a call."""
    if kind == Capability.VIDEO:
        return is_in(by, session) and by.is_admitted
    return may_control(by, session) and kind not in VIEWING


def may_offer_files(by, session):
    """The primary to a customer, and customers to the primary; who assists has nobody to send to."""
    return is_in(by, session) and by.is_admitted and (by.is_customer or may_control(by, session))


def may_stop_activity(by, session, activity):
    """The owner of the device, always (E33); the primary, whatever it is; whoever sends files, these."""
    sends = activity.kind == Capability.FILES and activity.requested_by_id == by.pk
    return is_in(by, session) and (activity.owner_id == by.pk or session.primary_id == by.pk or sends)


def is_in(by, session):
    return isinstance(by, Participant) and by.session_id == session.pk and by.is_present
