"""What a customer was asked and did, each as a sentence with its times (E36): for receipt, room and record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, gettext, ngettext, pgettext

from sessions_app.models import Activity, Consent, Participant
from sessions_app.queries.receipt_words import (
    EVERYTHING,
    OTHERWISE,
    OWN,
    SURFACES,
    TO_THE_CUSTOMER,
    Words,
)
from supportcenter.accounts.capabilities import Capability
from supportcenter.text.directions import apart, ltr

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Answer, StopReason = Consent.Answer, Activity.StopReason


@dataclass(frozen=True)
class ReceiptLine:
    """One request and what came of it. Without an `answer`, the customer began it themselves, or was not waited for."""

    kind: str
    answer: str
    name: str
    at: datetime
    # The day of the session, which need not be said again.
    day: date
    asked_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    withdrawn_at: datetime | None = None
    is_own: bool = False
    is_taken_back: bool = False
    is_running: bool = False
    reason: str = ""
    reason_offered: StrOrPromise = ""
    surface: str = ""
    words: Words = TO_THE_CUSTOMER
    # Named where the words are about them; empty once they are erased.
    customer: str = ""

    @property
    def is_allowed(self) -> bool:
        return self.answer in {Answer.ALLOWED, Answer.STANDING}

    @property
    def what(self) -> str:
        """The sentence without its times."""
        if self.is_own:
            return str(OWN.get(self.kind, OWN[OTHERWISE]))
        sentences = self.words.allowed if self.is_allowed else self.words.asked
        people = {"name": apart(self.name), "customer": self._customer}
        return str(sentences.get(self.kind, sentences[OTHERWISE])) % people

    @property
    def _customer(self) -> str:
        """Where they allowed something, the sentence begins with them."""
        if self.customer:
            return apart(self.customer)
        begins = pgettext("at the beginning of a sentence", "An erased customer")
        return begins if self.is_allowed else pgettext("within a sentence", "an erased customer")

    @property
    def sentence(self) -> str:
        """With when it ran, and for how long."""
        if self.began_at is None:
            return self.what
        facts = {"what": self.what, "when": span(self.began_at, self.ended_at, self.day)}
        if self.ended_at is None:
            return gettext("%(what)s, %(when)s") % facts
        facts["length"] = how_long((self.ended_at - self.began_at).total_seconds())
        return gettext("%(what)s, %(when)s, %(length)s") % facts

    @property
    def notes(self) -> list[str]:
        """When it was asked and answered, and what else is to be said of it."""
        return [str(note) for note in self._notes()]

    def _notes(self) -> Iterator[StrOrPromise]:
        at = {"time": moment(self.at, self.day)}
        if self.asked_at:
            yield gettext("asked at %(time)s") % {"time": moment(self.asked_at, self.day)}
        if self.answer == Answer.ALLOWED and self.asked_at is None:
            yield gettext("covered by your permission for everything")
        elif self.is_allowed:
            yield self.words.allowed_at % at
        if self.answer == Answer.DECLINED:
            yield self.words.declined_at % at
        if self.answer == Answer.UNANSWERED:
            yield self.words.unanswered
        if self.is_taken_back:
            yield gettext("the request was withdrawn")
        if self.surface:
            yield self.words.shown % {"what": SURFACES[self.surface]}
        if self.is_allowed and self.kind != EVERYTHING and self.began_at is None and not self.is_running:
            yield gettext("it never began")
        if self.withdrawn_at:
            yield self.words.withdrawn_at % {"time": moment(self.withdrawn_at, self.day)}


def line_of_consent(row: Consent, me: Participant, day: date, *, words: Words = TO_THE_CUSTOMER) -> ReceiptLine:
    """What the customer `me` answered, in `words` to them or about them."""
    return replace(_line_of_answer(row, me, day), words=words, customer=me.name)


def line_of_activity(activity: Activity, me: Participant, day: date, *, is_covered: bool) -> ReceiptLine:
    """Of what is the customer's without an answer: begun by them, covered by a standing permission, or just asked for.

    `is_covered` says that such a permission was in force when it was asked for. Why a request stopped does not tell:
    the end of a session, of control or of a stay stops what is allowed and what waits for an answer alike.
    """
    line = _line_of(activity, me, day)
    if activity.requested_by_id == me.pk:
        return replace(line, is_own=True)
    if is_covered or activity.started_at:
        return replace(line, answer=Answer.ALLOWED)
    line = replace(line, asked_at=activity.requested_at, withdrawn_at=None)
    if activity.stop_reason == StopReason.WITHDRAWN:
        return replace(line, is_taken_back=True)
    return line if activity.is_alive else replace(line, answer=Answer.UNANSWERED)


def _line_of_answer(row: Consent, me: Participant, day: date) -> ReceiptLine:
    answer, name, at, activity = row.answer, row.csr.name, row.at, row.activity
    if activity is None:
        return ReceiptLine(EVERYTHING, answer, name, at, day, withdrawn_at=row.withdrawn_at)
    ran = _line_of(activity, me, day)
    line = replace(ran, answer=answer, name=name, at=at, asked_at=activity.requested_at)
    line = replace(line, reason=row.reason, reason_offered=row.reason_offered)
    if row.answer == Answer.DECLINED:
        # The others may have gone on with a call.
        return replace(line, began_at=None, ended_at=None, is_running=False, surface="")
    if activity.kind == Capability.VOICE and ran.began_at:
        return replace(line, began_at=max(ran.began_at, row.at))
    return line


def _line_of(activity: Activity, me: Participant, day: date) -> ReceiptLine:
    began, ended = activity.started_at, activity.stopped_at
    # A call goes on without them.
    ended = min(filter(None, (ended, me.left_at)), default=None) if began else None
    surface = activity.details.get("surface", "") if began else ""
    is_withdrawn = activity.stop_reason == StopReason.CONSENT_WITHDRAWN
    return ReceiptLine(
        kind=activity.kind,
        answer="",
        name=activity.requested_by.name,
        at=activity.requested_at,
        day=day,
        began_at=began,
        ended_at=ended,
        withdrawn_at=activity.stopped_at if is_withdrawn else None,
        is_running=activity.is_alive and me.is_present,
        surface=surface if surface in SURFACES else "",
    )


def first_day(me: Participant) -> date:
    """Of their stay, by the site's clock."""
    return timezone.localtime(me.joined_at).date()


def moment(at: datetime, day: date) -> str:
    """By the site's clock; with its day, if that is another one than the session's."""
    local = timezone.localtime(at)
    return ltr(date_format(local, "TIME_FORMAT" if local.date() == day else "SHORT_DATETIME_FORMAT"))


def span(began: datetime, ended: datetime | None, day: date) -> str:
    if ended is None:
        return gettext("since %(time)s") % {"time": moment(began, day)}
    first, last = timezone.localtime(began), timezone.localtime(ended)
    if first.date() != last.date() or first.date() != day:
        return f"{moment(began, day)} – {moment(ended, day)}"
    # In Arabic the times are isolated, and a line that breaks between them would turn them round.
    dash = "\u2060–\u2060" if get_language_bidi() else "–"
    return ltr(f"{first:%H:%M}{dash}{last:%H:%M}")


def how_long(seconds: float) -> str:
    """40 s, 16 min or 1 h 5 min."""
    whole = max(0, int(seconds))
    if whole < 60:
        return ngettext("%(count)d second", "%(count)d seconds", whole) % {"count": whole}
    minutes = (whole + 30) // 60
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours, rest = divmod(minutes, 60)
    return pgettext("a length of time", "%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
