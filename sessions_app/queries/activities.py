"""What runs in a session, as its pages read it."""

import json
from dataclasses import dataclass

from django.conf import settings

from sessions_app.models import Activity, Consent, FileTransfer
from sessions_app.rules.media_audience import media_circle
from sessions_app.rules.permissions import may_control
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy


@dataclass(frozen=True)
class LiveMedia:
    """The activities that live now, and what the person looking may do about them."""

    me: object
    in_control: bool
    activities: list
    # Everybody in the session, except who looks.
    others: list
    # Those whom sound and picture reach (S41); who looks may not be one of them.
    circle: list
    standing: list
    # Capabilities that the primary may use; the buttons of the others are not drawn.
    usable: set
    customer: object = None

    @property
    def share(self):
        """What is on the stage, or about to be: there is one stage."""
        return next((each for each in self.activities if each.is_sharing and not _is_asked(each)), None)

    @property
    def call(self):
        return next((each for each in self.activities if each.kind == Capability.VOICE), None)

    @property
    def recording(self):
        return next((each for each in self.activities if each.kind == Capability.RECORDING), None)

    @property
    def records_always(self):
        return SitePolicy.current().recording == SitePolicy.Recording.ALWAYS

    @property
    def is_beyond(self):
        return self.me not in self.circle

    @property
    def viewers(self):
        """Who sees what I share."""
        return [one for one in self.circle if one.pk != self.me.pk]

    @property
    def recording_due(self):
        """The site records every session: the primary's page starts it as soon as a customer is there."""
        wanted = self.in_control and self.records_always and Capability.RECORDING in self.usable
        return wanted and self.recording is None and any(one.is_customer for one in self.others)

    @property
    def my_camera(self):
        return next((each for each in self.cameras if each.owner_id == self.me.pk), None)

    @property
    def cameras(self):
        return [each for each in self.activities if each.kind == Capability.VIDEO and not _is_asked(each)]

    @property
    def asked(self):
        """Requests nobody has answered yet."""
        return [each for each in self.activities if _is_asked(each)]

    @property
    def asked_of_me(self):
        return [each for each in self.asked if each.owner_id == self.me.pk]

    @property
    def to_choose(self):
        """What I allowed and have not delivered: the browser's own window needs one more press."""
        return [each for each in self.activities if each.owner_id == self.me.pk and each.state == "allowed"]

    @property
    def files_json(self):
        """Files on their way to or from whoever looks; asked for only where some are."""
        mine = [each for each in self.activities if each.kind == Capability.FILES and self._is_mine(each)]
        files = FileTransfer.objects.alive().filter(activity__in=mine) if mine else []
        allowed = {each.pk for each in mine if not _is_asked(each)}
        return json.dumps([{**_facts(each), "allowed": each.activity_id in allowed} for each in files])

    @property
    def files_are_scanned(self):
        return bool(settings.CLAMD_URL)

    @property
    def customer_cannot_share(self):
        """E36: found out before asking."""
        return self.customer is not None and not self.customer.can.get("screen", True)

    @property
    def customer_has_no_camera(self):
        return self.customer is not None and not self.customer.can.get("camera", True)

    @property
    def runs_of_mine(self):
        return any(each.owner_id == self.me.pk and not _is_asked(each) for each in self.activities)

    @property
    def ledger(self):
        return consent_ledger(self.me)

    @property
    def snapshot(self):
        """For the page's script; later events tell it the same in the same words."""
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

    def _is_mine(self, activity):
        return self.me.pk in {activity.owner_id, activity.requested_by_id}

    @property
    def snapshot_json(self):
        return json.dumps(self.snapshot)

    @property
    def people_json(self):
        return json.dumps({one.event_key: one.name for one in [self.me, *self.others]})


def live_media(session, me, participants):
    """`participants` are those present, as `roster` gives them."""
    activities = Activity.objects.filter(session=session).alive().select_related("owner", "requested_by", "recording")
    standing = Consent.objects.filter(customer=me, answer=Consent.Answer.STANDING, withdrawn_at=None)
    return LiveMedia(
        me=me,
        in_control=may_control(me, session),
        activities=list(activities),
        others=[one for one in participants if one.pk != me.pk and one.is_admitted],
        circle=media_circle(session, [one for one in participants if one.is_admitted]),
        standing=list(standing.select_related("csr")) if me.is_customer else [],
        usable=_usable(session),
        customer=session.current_customer,
    )


def consent_ledger(customer):
    """What the customer was asked, what he answered, and until when it ran: the receipt he can keep."""
    rows = Consent.objects.filter(customer=customer).select_related("csr", "activity")
    return list(rows)


def _usable(session):
    """As `may_use`, for all kinds at once."""
    privileges = session.primary.user.privileges if session.primary else None
    off = {*SitePolicy.current().unusable, *(privileges.switched_off if privileges else [])}
    return set(Capability.values) - off


def _facts(transfer):
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


def _is_asked(activity):
    return activity.state == Activity.State.REQUESTED
