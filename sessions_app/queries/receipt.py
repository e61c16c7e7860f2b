"""The customer's receipt: what they were asked and allowed, the files and recordings, and how long they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from sessions_app.models import Activity, Consent, FileTransfer, Participant, Recording, SupportSession
from sessions_app.queries.activities import LEDGER_SHOWN, consent_ledger
from sessions_app.queries.receipt_lines import (
    ReceiptLine,
    first_day,
    how_long,
    line_of_activity,
    line_of_consent,
    span,
)
from supportcenter.accounts.models import SitePolicy

Each = TypeVar("Each")


@dataclass(frozen=True)
class Receipt:
    """Of one customer's time in a session; each list is the latest `most` of its kind, oldest first."""

    session: SupportSession
    me: Participant
    helpers: list[str]
    lines: list[ReceiptLine]
    files: list[FileTransfer]
    recordings: list[Recording]
    policy: SitePolicy
    most: int
    # Whether a list is longer than that.
    is_cut: bool

    @property
    def day(self) -> date:
        return first_day(self.me)

    @property
    def when(self) -> str:
        """When the customer was there, by the site's clock."""
        return span(self.me.joined_at, self.until, self.day)

    @property
    def until(self) -> datetime | None:
        return self.me.left_at or self.session.ended_at

    @property
    def time_zone(self) -> str:
        return timezone.get_current_timezone_name()

    @property
    def number(self) -> str:
        """In the middle of a sentence, the groups of the number stay on one line."""
        return self.session.number_in_threes.replace(" ", "\u00a0")

    @property
    def whom_to_ask(self) -> str:
        return self.policy.organisation or self.policy.name

    @property
    def sent(self) -> list[FileTransfer]:
        return [one for one in self.files if one.sender_id == self.me.pk]

    @property
    def received(self) -> list[FileTransfer]:
        return [one for one in self.files if one.sender_id != self.me.pk]

    @property
    def films(self) -> list[str]:
        return [self._film(one) for one in self.recordings]

    @property
    def recordings_kept(self) -> str:
        return self._kept(self.policy.recording_days)

    @property
    def files_kept(self) -> str:
        return self._kept(self.policy.file_days)

    @property
    def chat_kept(self) -> str:
        return self._kept(self.policy.chat_days)

    @property
    def record_kept(self) -> str:
        return self._kept(0)

    def _film(self, film: Recording) -> str:
        when = span(film.started_at, film.ended_at, self.day)
        if film.ended_at is None:
            return when
        length = how_long((film.ended_at - film.started_at).total_seconds())
        is_gone = film.state == Recording.State.READY and not film.file
        return " · ".join([when, length, *([gettext("deleted since")] if is_gone else [])])

    def _kept(self, days: int) -> str:
        """Nothing outlives the record, and 0 days is no limit of its own."""
        limits = [each for each in (days, self.policy.retention_days) if each]
        if not limits:
            return gettext("no time limit")
        days = min(limits)
        kept = ngettext(
            "%(count)d day after the end of the session", "%(count)d days after the end of the session", days
        ) % {"count": days}
        if self.session.ended_at is None:
            return kept
        until = timezone.localtime(self.session.ended_at + timedelta(days=days))
        return gettext("%(kept)s, until %(day)s") % {"kept": kept, "day": date_format(until, "DATE_FORMAT")}


def receipt_of(me: Participant, *, most: int = LEDGER_SHOWN) -> Receipt:
    """The customer's own receipt, in five queries."""
    day = first_day(me)
    lines = [line_of_consent(row, me, day) for row in consent_ledger(me, most=most + 1)]
    lines += _lines_without_answer(me, day, most + 1)
    lines.sort(key=lambda line: line.at)
    files, recordings, helpers = _files(me, most + 1), _recordings(me, most + 1), _helpers(me, most + 1)
    lists: Iterable[Sized] = (helpers, lines, files, recordings)
    return Receipt(
        session=me.session,
        me=me,
        helpers=helpers[-most:],
        lines=lines[-most:],
        files=files[-most:],
        recordings=recordings[-most:],
        policy=SitePolicy.current(),
        most=most,
        is_cut=any(len(each) > most for each in lists),
    )


def _lines_without_answer(me: Participant, day: date, most: int) -> list[ReceiptLine]:
    """The latest first, each told whether a standing permission answered for the customer."""
    answered = Consent.objects.filter(activity=OuterRef("pk"), customer=me)
    in_force = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=OuterRef("requested_at")),
        answer=Consent.Answer.STANDING,
        customer=me,
        csr=OuterRef("requested_by"),
        at__lte=OuterRef("requested_at"),
    )
    mine = Activity.objects.filter(session=me.session_id, owner=me).filter(~Exists(answered))
    latest: QuerySet[Any] = mine.annotate(is_covered=Exists(in_force)).select_related("requested_by").order_by("-pk")
    return [line_of_activity(each, me, day, is_covered=each.is_covered) for each in latest[:most]]


def _files(me: Participant, most: int) -> list[FileTransfer]:
    mine = FileTransfer.objects.filter(Q(sender=me) | Q(receiver=me)).select_related("sender", "receiver")
    return _oldest_first(mine.order_by("-pk")[:most])


def _recordings(me: Participant, most: int) -> list[Recording]:
    """Those that ran while the customer was there, let in."""
    if not me.is_admitted:
        return []
    found = Recording.objects.filter(session=me.session_id).exclude(state=Recording.State.EMPTY)
    found = found.filter(activity__started_at__isnull=False)
    found = found.filter(Q(ended_at=None) | Q(ended_at__gte=me.admitted_at or me.joined_at))
    found = found.filter(started_at__lte=me.left_at) if me.left_at else found
    return _oldest_first(found.order_by("-pk")[:most])


def _helpers(me: Participant, most: int) -> list[str]:
    """The representatives who were there at the same time, each once; not told to who was shown out (E49)."""
    if not me.is_admitted or me.is_shown_out:
        return []
    csrs = Participant.objects.csrs().filter(session=me.session_id)
    csrs = csrs.filter(Q(left_at=None) | Q(left_at__gte=me.admitted_at))
    if me.left_at:
        csrs = csrs.filter(joined_at__lte=me.left_at)
    names = csrs.order_by().values_list("name", flat=True).annotate(since=Min("joined_at"), first=Min("pk"))
    return _oldest_first(names.order_by("-since", "-first")[:most])


def _oldest_first(latest: Iterable[Each]) -> list[Each]:
    return list(latest)[::-1]
