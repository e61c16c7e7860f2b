"""Renders events as lines of a timeline: each fact of a sentence becomes a name, a word, a number or a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.template.defaultfilters import capfirst, filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import NoRoom
from sessions_app.models import Activity, Consent, FileTransfer, Participant, SupportSession
from sessions_app.models.session_numbers import in_threes
from sessions_app.queries.sentences import sentence_of
from supportcenter.accounts.capabilities import Capability
from supportcenter.json_types import Json, JsonObject
from supportcenter.live.models import Event
from supportcenter.mail.models import Reason as MailReason
from supportcenter.reporting.numbers import as_clock
from supportcenter.text.whole_numbers import whole_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Stopped = Activity.StopReason
ACTIVITY_OVER: dict[str, StrOrPromise] = {
    Stopped.FINISHED: _("it was finished"),
    Stopped.DECLINED: _("it was declined"),
    Stopped.UNANSWERED: _("no one answered in time"),
    Stopped.WITHDRAWN: _("the request was withdrawn"),
    Stopped.CONSENT_WITHDRAWN: _("the permission was withdrawn"),
    Stopped.FAILED: _("the browser could not do it"),
    Stopped.NO_SPACE: _("the site had no storage space left"),
    Stopped.SWITCHED: _("another customer became the current one"),
    Stopped.CONTROL_TRANSFERRED: _("control was transferred"),
    Stopped.NO_VOICE: _("the new primary representative’s system does not support voice calls"),
    Stopped.RELINQUISHED: _("the session was transferred"),
    Stopped.OWNER_LEFT: _("its owner left"),
    Stopped.SESSION_ENDED: _("the session ended"),
}
CHANNELS = {
    "email": _("sent by the site"),
    "own_program": _("sent with the representative’s own email program"),
}
REASONS: dict[str, Mapping[str, StrOrPromise]] = {
    "session.ended": dict(SupportSession.EndReason.choices),
    "participant.left": dict(Participant.LeftReason.choices),
    "join.refused": {NoRoom.code: _("the maximum number of customers was reached")},
    "activity.stopped": ACTIVITY_OVER,
    # Else it is in the customer's own words.
    "consent.explained": dict(Consent.Reason.choices),
    "file.stopped": dict(FileTransfer.StopReason.choices),
}
WORDS: dict[str, Mapping[str, StrOrPromise]] = {
    "mode": dict(SupportSession.Mode.choices),
    "kind": dict(Capability.choices),
    "answer": dict(Consent.Answer.choices),
    "channel": CHANNELS,
    "why": dict(MailReason.choices),
}
PEOPLE = {"participant", "from", "to", "owner", "requested_by", "customer", "csr"}
SIGNS = {
    "session": "headset",
    "participant": "user",
    "join": "ban",
    "link": "link",
    "lobby": "door-open",
    "number": "refresh-cw",
    "invitation": "mail",
    "customer": "user-check",
    "control": "arrow-right-left",
    "help": "hand",
    "chat": "message-square",
    "activity": "monitor",
    "call": "phone-off",
    "consent": "shield-check",
    "file": "paperclip",
    "recording": "circle-dot",
}


def people_in(events: Iterable[Event]) -> set[int]:
    """The primary keys of the participants whom these events name."""
    facts = {event.data.get(fact) for event in events for fact in PEOPLE}
    actors = (event.actor_key.partition(".") for event in events)
    acting = {whole_number(number) for kind, _dot, number in actors if kind == "participant"}
    return {pk for pk in facts if isinstance(pk, int)} | acting - {0}


@dataclass(frozen=True)
class Line:
    seq: int
    at: datetime
    sign: str
    sentence: str

    @property
    def day(self) -> date:
        """The day in the site's time zone."""
        return timezone.localdate(self.at)


class TimelineRenderer:
    """Renders the events of one session, given its participants."""

    def __init__(self, people: Iterable[Participant]) -> None:
        self._people = {person.pk: person.display_name for person in people}
        self._by_key = {person.event_key: person.display_name for person in people}

    def line(self, event: Event) -> Line:
        sign = SIGNS.get(event.type.partition(".")[0], "info")
        facts = {fact: self._said(event, fact, value) for fact, value in event.data.items()}
        facts |= {"actor": self._actor(event), "type": event.type}
        # A sentence that begins with a name begins with its tag, so the name keeps its case.
        return Line(event.seq, event.at, sign, capfirst(format_html(str(sentence_of(event)), **facts)))

    def _actor(self, event: Event) -> str:
        if not event.actor_key:
            return gettext("the site")
        return _apart(self._by_key.get(event.actor_key) or event.actor_name or _somebody())

    def _said(self, event: Event, fact: str, value: Json) -> Json:
        if fact in PEOPLE:
            told = event.data.get(f"{fact}_name") or event.data.get("name")
            return _apart(self._people.get(value) or told or _somebody())
        if fact == "reason":
            return REASONS.get(event.type, {}).get(value) or _apart(str(value))
        if f"{fact}_ar" in event.data:
            # A name that an admin gave in both languages, or in one.
            arabic = event.data[f"{fact}_ar"]
            return _name((arabic or value) if get_language() == "ar" else (value or arabic))
        if fact in WORDS:
            return WORDS[fact].get(value, value)
        return FACES[fact](value) if fact in FACES else value


def _name(value: str) -> SafeString:
    return _apart(value or _somebody())


def _somebody() -> str:
    return pgettext("a name that is not known any more", "someone")


def _apart(text: str) -> SafeString:
    """Isolated from the direction of the sentence around it."""
    return format_html("<bdi>{}</bdi>", text)


def _files(offered: list[JsonObject]) -> SafeString:
    named = ((_name(each["name"]), filesizeformat(each["size"])) for each in offered)
    return format_html_join(pgettext("between the items of a list", ", "), "{} ({})", named)


def _number(value: str) -> SafeString:
    return format_html('<bdi class="digits" dir="ltr">{}</bdi>', in_threes(value))


def _time(value: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(value)), "TIME_FORMAT")


FACES: dict[str, Callable[[Json], str]] = {
    "name": _name,
    "files": _files,
    "number": _number,
    "ends_at": _time,
    "until": _time,
    "size": filesizeformat,
    "duration": as_clock,
}
