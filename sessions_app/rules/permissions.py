"""Who may do what in a session: the table of docs/requirements.md#who-may-do-what, one predicate a row. None writes.

`by` is who acts: a Participant inside the session, a User on the site, or None for the site itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from sessions_app.models import Activity, ChatMessage, Participant, Recording, SupportSession
from sessions_app.rules.limits import limits_on
from supportcenter.accounts.capabilities import VIEWING, Capability
from supportcenter.accounts.models import SitePolicy, TeamMembership, User
from supportcenter.accounts.policy import switched_off
from supportcenter.live.log.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def may_start(user: User) -> bool:
    return user.is_csr


def may_assist(user: User) -> bool:
    return user.is_csr


def may_join(session: SupportSession) -> bool:
    return session.is_open and session.primary_id is not None


def may_control(by: Actor | None, session: SupportSession) -> bool:
    """S51, S63: control functions are for the primary alone, and only while the account is still a CSR's (E11)."""
    return is_in(by, session) and session.primary_id == by.pk and not by.is_customer


def may_end(by: Actor | None, session: SupportSession) -> bool:
    """The primary, or an admin from monitoring."""
    if by is None:
        return True
    if isinstance(by, Participant):
        return may_control(by, session)
    return isinstance(by, User) and may_end_any(by)


def may_end_any(user: User | AnonymousUser) -> bool:
    """Admins, who also watch every session that is open."""
    return user.is_authenticated and user.is_active and user.is_superuser


def may_leave(by: Actor | None, session: SupportSession) -> bool:
    """Everyone but the primary, who transfers control or ends the session (E4)."""
    return is_in(by, session) and session.primary_id != by.pk


def may_invite(by: Actor | None, session: SupportSession) -> bool:
    return may_control(by, session)


def may_remove(by: Actor | None, session: SupportSession, participant: Participant) -> bool:
    return may_control(by, session) and participant != by


def may_chat(by: Actor | None, session: SupportSession) -> bool:
    return is_in(by, session) and by.is_admitted


def may_change_line(line: ChatMessage, session: SupportSession, *, now: datetime, policy: SitePolicy) -> bool:
    """Its author may for ⟨2 min⟩, in the conversation that is still open; a line about a file stays as it is (E58)."""
    is_young = now - line.at < timedelta(minutes=policy.edit_minutes)
    return is_young and line.file_id is None and line.conversation == session.conversation


def may_keep_notes(by: Actor | None, session: SupportSession) -> bool:
    """Notes, details and the closing form: the CSRs in the session, and once it has ended those who were in it."""
    if not isinstance(by, Participant) or by.session_id != session.pk or by.is_customer:
        return False
    return may_stay(by) and (by.is_present or not session.is_open)


def may_have_transcript(customer: Participant) -> bool:
    """E67: a customer who was let in. Who was shown out is told nothing more of the session (E49)."""
    return customer.is_customer and customer.is_admitted and not customer.is_shown_out and not customer.is_erased


def may_monitor(user: User | AnonymousUser) -> TypeGuard[User]:
    """Admins watch every session, leads of teams those of their teams (`is_watched`)."""
    return user.is_authenticated and user.is_active and (user.is_superuser or user.is_lead)


def is_watched(user: User) -> Q:
    """Which sessions a user who `may_monitor` watches there (E69)."""
    if may_end_any(user):
        return Q()
    return Q(Exists(Participant.objects.filter(user__in=user.people_led, session=OuterRef("pk"))))


def may_read_reports(user: User) -> bool:
    """CSRs read about their own sessions, leads about their teams', managers and admins about all."""
    return user.is_csr or user.is_manager


def csrs_read(user: User) -> list[int] | None:
    """The CSRs in whose sessions a user reads: themselves and whom they lead (E69); None: all, for managers and admins.

    A session is a team's by who is in the team now, not by who was in it when the session ran.
    """
    if user.is_manager:
        return None
    return sorted({user.pk, *user.people_led}) if user.is_csr else []


def seats_read(user: User) -> Q | None:
    """The rows of those CSRs, of a query of participants. None: of all."""
    csrs = csrs_read(user)
    if csrs is None:
        return None
    return Q(user=csrs[0]) if len(csrs) == 1 else Q(user__in=csrs)


def may_read_record(user: User, session: SupportSession) -> bool:
    """The session's record: its own CSRs, the leads of their teams, managers and admins."""
    seats = seats_read(user)
    return seats is None or Participant.objects.filter(seats, session=session).exists()


def record_is_readable(user: User) -> Combinable:
    """`may_read_record` for each row of a query of participants, about the session of the row; asks nothing itself."""
    if user.is_manager or not user.is_csr:
        return Value(user.is_manager)
    own = Q(user=user)
    if user.is_lead:
        own |= Q(user__in=TeamMembership.objects.led_by(user).values("user"))
    return Exists(Participant.objects.filter(own, session=OuterRef("session")))


def may_erase(user: User | AnonymousUser) -> bool:
    """E44: whether the user may erase a customer's data, which cannot be undone."""
    return may_end_any(user)


def may_add_to_recording(by: Participant, recording: Recording) -> bool:
    """The CSR whose browser records: also shortly after it or its session has ended, when the last chunk arrives."""
    owner = recording.activity.owner
    return by.pk == owner.pk or (by.user_id is not None and by.user_id == owner.user_id)


def may_take_control(csr: Participant, session: SupportSession) -> bool:
    """S53, E7: a CSR who assists in this session and whose page is connected or about to be."""
    assists = is_in(csr, session) and not csr.is_customer and session.primary_id != csr.pk
    return assists and csr.is_reachable


def may_take_over(user: User) -> bool:
    """Managers who are CSRs, in every session that somebody controls."""
    return user.is_manager and user.is_csr


def may_ask_back(by: Actor | None, session: SupportSession) -> bool:
    """S56, S63: the CSR from whom the primary has control; they may ask for it, and take nothing."""
    primary = session.primary
    return is_in(by, session) and primary is not None and primary.control_from_id == by.pk


def may_use(session: SupportSession, capability: str) -> bool:
    return capability in usable_in(session)


def usable_in(session: SupportSession) -> set[str]:
    """The capabilities that nothing switches off for the CSR in control: neither site, teams, queue nor privileges."""
    return set(Capability.values).difference(switched_off_in(session))


def switched_off_in(session: SupportSession) -> dict[str, StrOrPromise]:
    """The others, each with its reason, in words to the CSR in control."""
    return switched_off_for(session.primary)


def switched_off_for(csr: Participant | None) -> dict[str, StrOrPromise]:
    """What is switched off for this CSR in their session; of a session that nobody controls, what is for everyone."""
    if csr is None or csr.user is None:
        return switched_off(SitePolicy.current(), None)
    return switched_off(SitePolicy.current(), csr.user.privileges, limits_on(csr))


def may_carry_voice(csr: Participant) -> bool:
    """E16: the CSR's page reported that it can, and nothing switches it off for them."""
    return bool(csr.can.get("voice")) and may_stay(csr) and Capability.VOICE not in switched_off_for(csr)


def may_start_activity(by: Actor | None, session: SupportSession, kind: str) -> bool:
    """Control functions are for the primary alone. Everyone may show their own camera, and take part in a call."""
    if kind == Capability.VIDEO:
        return is_in(by, session) and by.is_admitted
    return may_control(by, session) and kind not in VIEWING


def may_have_replies(user: User) -> bool:
    """E60: canned replies, those of their own among them, are for CSRs; nobody has another's."""
    return user.is_csr


def may_offer_files(by: Actor | None, session: SupportSession) -> bool:
    """The primary sends to a customer, and customers to the primary; assistants send no files."""
    return is_in(by, session) and by.is_admitted and (by.is_customer or may_control(by, session))


def may_stop_activity(by: Actor | None, session: SupportSession, activity: Activity) -> bool:
    """The owner of the device (E33) and the primary may always; the sender of files may stop sending them."""
    if not is_in(by, session):
        return False
    sends = activity.kind == Capability.FILES and activity.requested_by_id == by.pk
    return activity.owner_id == by.pk or session.primary_id == by.pk or sends


def is_in(by: Actor | None, session: SupportSession) -> TypeGuard[Participant]:
    """In the session, and still somebody who may be: a CSR whose account has lost the right is not (E11)."""
    return has_place_in(by, session) and may_stay(by)


def has_place_in(by: Actor | None, session: SupportSession) -> TypeGuard[Participant]:
    """Whether they are in the session's list; for presence, which is also about those who are about to be dropped."""
    return isinstance(by, Participant) and by.session_id == session.pk and by.is_present


def may_stay(by: Participant) -> bool:
    """E11: customers, and CSRs whose account is active and still a CSR's."""
    return by.user is None or by.user.is_csr
