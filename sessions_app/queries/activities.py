"""The activities of a session, as its pages read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from sessions_app.models import Activity, Consent, FileTransfer, Participant, SupportSession
from sessions_app.queries.receipt_lines import ReceiptLine, first_day, line_of_consent
from sessions_app.rules.media_audience import media_circle
from sessions_app.rules.permissions import may_control, switched_off_in
from supportcenter.accounts.capabilities import SHARING, Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.json_types import JsonObject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# On a customer's page; and in the file they keep, which is many days of asking.
LEDGER_SHOWN, LEDGER_KEPT = 100, 2_000


class Missing(NamedTuple):
    capability: StrOrPromise
    reason: StrOrPromise


@dataclass(frozen=True)
class LiveMedia:
    """The activities that have not stopped, and what the participant `me` may do about them."""

    me: Participant
    in_control: bool
    activities: list[Activity]
    # Everyone else in the session.
    others: list[Participant]
    # Those who see and hear each other (S41); `me` may not be one of them.
    circle: list[Participant]
    standing: list[Consent]
    # Capabilities that the primary may not use, and why; their buttons are not drawn.
    switched_off: Mapping[str, StrOrPromise]
    customer: Participant | None = None

    @property
    def usable(self) -> set[str]:
        return set(Capability.values).difference(self.switched_off)

    @property
    def missing_tools(self) -> list[Missing]:
        """What stands on none of the other tabs, and the primary misses."""
        return self._missing(*(one for one in Capability if one not in SHARING))

    @property
    def missing_desktop(self) -> list[Missing]:
        return self._missing(Capability.SHARE_DESKTOP, Capability.VIEW_DESKTOP)

    @property
    def missing_application(self) -> list[Missing]:
        return self._missing(Capability.SHARE_APPLICATION, Capability.VIEW_APPLICATION)

    def _missing(self, *which: Capability) -> list[Missing]:
        missed = which if self.in_control else ()
        return [Missing(one.label, self.switched_off[one]) for one in missed if one in self.switched_off]

    @property
    def share(self) -> Activity | None:
        """The screen that is shared, or about to be; there is never more than one."""
        return next((each for each in self.activities if each.is_sharing and not _is_asked(each)), None)

    @property
    def call(self) -> Activity | None:
        return next((each for each in self.activities if each.kind == Capability.VOICE), None)

    @property
    def recording(self) -> Activity | None:
        return next((each for each in self.activities if each.kind == Capability.RECORDING), None)

    @property
    def records_always(self) -> bool:
        return SitePolicy.current().records_always

    @property
    def is_beyond(self) -> bool:
        """Whether media do not reach me, since there are too many people in the session."""
        return self.me not in self.circle

    @property
    def viewers(self) -> list[Participant]:
        """The participants who see what I share."""
        return [one for one in self.circle if one.pk != self.me.pk]

    @property
    def recording_due(self) -> bool:
        """Whether my page has to start a recording: the site records every session once a customer is there."""
        wanted = self.in_control and self.records_always and Capability.RECORDING in self.usable
        return wanted and self.recording is None and any(one.is_customer for one in self.others)

    @property
    def can_stop_everything(self) -> bool:
        """Whether more than one thing could be stopped, by one press."""
        stoppable = [each for each in self.activities if each.kind != Capability.RECORDING or not self.records_always]
        return self.in_control and len(stoppable) > 1

    @property
    def my_camera(self) -> Activity | None:
        return next((each for each in self.cameras if each.owner_id == self.me.pk), None)

    @property
    def cameras(self) -> list[Activity]:
        return [each for each in self.activities if each.kind == Capability.VIDEO and not _is_asked(each)]

    @property
    def asked(self) -> list[Activity]:
        """The requests that are not answered yet."""
        return [each for each in self.activities if _is_asked(each)]

    @property
    def asked_of_me(self) -> list[Activity]:
        return [each for each in self.asked if each.owner_id == self.me.pk]

    @property
    def reasons_for_no(self) -> Sequence[tuple[str, StrOrPromise]]:
        """What a customer who declines may say by one press; other words have `longest_reason` at most."""
        return Consent.Reason.choices

    @property
    def longest_reason(self) -> int:
        return Consent.LONGEST_REASON

    @property
    def to_choose(self) -> list[Activity]:
        """What I allowed and have not delivered yet: the browser asks what to share after one more click."""
        return [each for each in self.activities if each.owner_id == self.me.pk and each.state == "allowed"]

    @property
    def files_json(self) -> str:
        """The files being sent to or by me, as JSON; without a query if there are none."""
        mine = [each for each in self.activities if each.kind == Capability.FILES and self._is_mine(each)]
        files: Iterable[FileTransfer] = FileTransfer.objects.alive().filter(activity__in=mine) if mine else []
        allowed = {each.pk for each in mine if not _is_asked(each)}
        return json.dumps([{**_facts(each), "allowed": each.activity_id in allowed} for each in files])

    @property
    def files_are_scanned(self) -> bool:
        return bool(settings.CLAMD_URL)

    @property
    def customer_cannot_share(self) -> bool:
        """E36: known before the customer is asked."""
        return self.customer is not None and not self.customer.can.get("screen", True)

    @property
    def customer_has_no_camera(self) -> bool:
        return self.customer is not None and not self.customer.can.get("camera", True)

    @property
    def runs_of_mine(self) -> bool:
        return any(each.owner_id == self.me.pk and not _is_asked(each) for each in self.activities)

    @property
    def ledger(self) -> list[ReceiptLine]:
        return [line_of_consent(row, self.me, first_day(self.me)) for row in consent_ledger(self.me)]

    @property
    def snapshot(self) -> list[JsonObject]:
        """For the page's script, in the words of the events that follow."""
        return [
            {
                "activity": each.pk,
                "kind": each.kind,
                "state": each.state,
                "owner": each.owner_id,
                "owner_name": each.owner.name,
                "requested_by": each.requested_by_id,
                "details": each.details,
            }
            for each in self.activities
        ]

    def _is_mine(self, activity: Activity) -> bool:
        return self.me.pk in {activity.owner_id, activity.requested_by_id}

    @property
    def snapshot_json(self) -> str:
        return json.dumps(self.snapshot)

    @property
    def people_json(self) -> str:
        return json.dumps({one.event_key: one.name for one in [self.me, *self.others]})


def live_media(session: SupportSession, me: Participant, participants: list[Participant]) -> LiveMedia:
    """The session's media as `me` sees them; `participants` are those present (`room.roster`)."""
    activities = (
        Activity.objects.filter(session=session).alive().select_related("owner", "requested_by__user", "recording")
    )
    return LiveMedia(
        me=me,
        in_control=may_control(me, session),
        activities=list(activities),
        others=[one for one in participants if one.pk != me.pk and one.is_admitted],
        circle=media_circle(session, [one for one in participants if one.is_admitted]),
        standing=list(Consent.objects.standing().filter(customer=me).select_related("csr")) if me.is_customer else [],
        switched_off=switched_off_in(session),
        customer=session.current_customer,
    )


def consent_ledger(customer: Participant, *, most: int = LEDGER_SHOWN) -> list[Consent]:
    """What the customer was asked last, what they answered, and until when it ran: their own record, oldest first."""
    latest = (
        Consent.objects.filter(customer=customer).select_related("csr", "activity__requested_by").order_by("-pk")[:most]
    )
    return list(latest)[::-1]


def _facts(transfer: FileTransfer) -> JsonObject:
    return {
        "file": transfer.pk,
        "activity": transfer.activity_id,
        "name": transfer.name,
        "size": transfer.size,
        "content_type": transfer.content_type,
        "sender": transfer.sender_id,
        "receiver": transfer.receiver_id,
        "state": transfer.state,
        "way": transfer.way,
        "received": transfer.received,
    }


def _is_asked(activity: Activity) -> bool:
    return activity.state == Activity.State.REQUESTED
