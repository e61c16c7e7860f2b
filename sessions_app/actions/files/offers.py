"""Offer files, and answer an offer as a CSR; a customer's answer is a consent like any other (E36)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sessions_app import events
from sessions_app.actions.activities.activities import grant
from sessions_app.actions.activities.stop import stop_one
from sessions_app.actions.locking import PRESENT, gate, session_action
from sessions_app.errors import (
    AskedTooOften,
    CapabilityOff,
    FileIsEmpty,
    FileKindRefused,
    FileTooLarge,
    NobodyToSendTo,
    NoFile,
    NotInControl,
    NotYours,
    OfferPending,
    RequestOver,
    TooManyFiles,
)
from sessions_app.models import Activity, Consent, FileTransfer, Participant, SupportSession
from sessions_app.rules.permissions import may_offer_files, may_use
from sessions_app.rules.storage_limits import require_room
from sessions_app.storage.file_names import clean_name, ending_of
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.disks import MEBIBYTE
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.refusals.found import found

# Answers that count as a refusal: somebody whose files are accepted may send as often as they like.
REFUSALS = [Activity.StopReason.DECLINED, Activity.StopReason.UNANSWERED, Activity.StopReason.WITHDRAWN]


class Offered(NamedTuple):
    """A file as its sender's page describes it, before anything of it has been sent."""

    name: str
    # Bytes
    size: int
    content_type: str = ""


@session_action(who=PRESENT + gate(may_offer_files, NotInControl))
def offer_files(
    session: SupportSession, files: Sequence[Offered], *, to: Participant | None = None, by: Participant
) -> Activity:
    """Offer files, as the primary to a customer (the current one unless `to` is given) or as a customer to the primary.

    The receiver has ⟨60 s⟩ to accept or decline them; a standing permission answers at once (E36).

    Raises SessionHasEnded, NotInSession, NotInControl, CapabilityOff, NobodyToSendTo, NoFile, TooManyFiles,
    FileIsEmpty, FileTooLarge, FileKindRefused, OfferPending, AskedTooOften; NoSpaceLeft or QuotaReached where all files
    go through the server.
    """
    require(may_use(session, Capability.FILES), CapabilityOff)
    receiver = found(_receiver(session, to, by), NobodyToSendTo)
    policy = SitePolicy.current()
    files = _checked(session, files, policy)
    _limit_offering(session, receiver, by, policy)
    if settings.CLAMD_URL:
        require_room(session, policy, size=sum(file.size for file in files))
    activity = Activity.objects.create(
        session=session, kind=Capability.FILES, owner=receiver, requested_by=by, state=Activity.State.REQUESTED
    )
    transfers = [
        FileTransfer.objects.create(session=session, activity=activity, sender=by, receiver=receiver, **file._asdict())
        for file in files
    ]
    record(session.stream, events.activity_requested(activity, activity.answer_until), by=by)
    record(session.stream, events.file_offered(activity, transfers), by=by)
    if _always_accepts(receiver, by):
        grant(session, activity, by=receiver)
    else:
        run_later("sessions.request_unanswered", due=activity.answer_until, activity=activity.pk)
    return activity


@session_action(who=PRESENT)
def accept_files(session: SupportSession, activity: Activity, *, by: Participant) -> Activity:
    """Accept the files that a customer offers. Accepting twice changes nothing.

    Raises SessionHasEnded, NotInSession, NotYours, RequestOver.
    """
    activity = _offered_to(by, activity)
    if activity.state in {Activity.State.ALLOWED, Activity.State.RUNNING}:
        return activity
    require(activity.state == Activity.State.REQUESTED, RequestOver)
    grant(session, activity, by=by)
    return activity


@session_action(who=PRESENT)
def decline_files(session: SupportSession, activity: Activity, *, by: Participant) -> Activity:
    """Decline the files that a customer offers. Declining twice changes nothing.

    Raises SessionHasEnded, NotInSession, NotYours, RequestOver.
    """
    activity = _offered_to(by, activity)
    if activity.stop_reason == Activity.StopReason.DECLINED:
        return activity
    require(activity.state == Activity.State.REQUESTED, RequestOver)
    stop_one(session, activity, Activity.StopReason.DECLINED, by=by)
    return activity


def _offered_to(by: Participant, activity: Activity) -> Activity:
    activity = Activity.objects.select_related("owner").get(pk=activity.pk)
    mine = activity.kind == Capability.FILES and activity.owner_id == by.pk
    require(mine and not by.is_customer, NotYours)
    return activity


def _receiver(session: SupportSession, to: Participant | None, by: Participant) -> Participant | None:
    if by.is_customer:
        return session.primary
    wanted = to.pk if to else session.current_customer_id
    if wanted is None:
        return None
    return session.participants.customers().present().admitted().filter(pk=wanted).first()


def _always_accepts(receiver: Participant, by: Participant) -> bool:
    return receiver.is_customer and Consent.objects.standing().filter(customer=receiver, csr=by).exists()


def _limit_offering(session: SupportSession, receiver: Participant, by: Participant, policy: SitePolicy) -> None:
    """Allow one pending offer to a receiver, and ⟨3⟩ refused ones a minute, so that nobody is worn down into a yes."""
    offers = Activity.objects.filter(session=session, kind=Capability.FILES, owner=receiver)
    require(not offers.pending().exists(), OfferPending)
    minute = clock.now() - timedelta(minutes=1)
    refused = offers.filter(requested_by=by, stop_reason__in=REFUSALS, requested_at__gt=minute).count()
    require(refused < policy.requests_per_minute, AskedTooOften, retry_after=60)


def _checked(session: SupportSession, files: Sequence[Offered], policy: SitePolicy) -> list[Offered]:
    require(files, NoFile)
    at_once = ngettext_lazy("Send at most %(most)s file at once.", "Send at most %(most)s files at once.", "most")
    require(len(files) <= policy.files_at_once, TooManyFiles, message=at_once % {"most": policy.files_at_once})
    counted = FileTransfer.objects.filter(session=session).exclude(state=FileTransfer.State.STOPPED).count()
    enough = _("This session has reached its maximum number of files: %(most)s.") % {"most": policy.files_per_session}
    require(counted + len(files) <= policy.files_per_session, TooManyFiles, message=enough)
    return [_checked_file(file._replace(name=clean_name(file.name)), policy) for file in files]


def _checked_file(file: Offered, policy: SitePolicy) -> Offered:
    about = {"name": file.name, "most": filesizeformat(policy.file_mebibytes * MEBIBYTE)}
    require(file.size > 0, FileIsEmpty, message=_("“%(name)s” is empty: there is nothing to send.") % about)
    too_large = _("“%(name)s” is too large: %(most)s at most.") % about
    require(file.size <= policy.file_mebibytes * MEBIBYTE, FileTooLarge, message=too_large)
    kind_refused = _("“%(name)s” is of a type that this site does not accept.") % about
    require(
        ending_of(file.name) not in policy.refused_file_endings.lower().split(), FileKindRefused, message=kind_refused
    )
    return file
