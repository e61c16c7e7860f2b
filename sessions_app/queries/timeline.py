"""Events as lines that people read: each fact of a sentence becomes a name, a word, a number or a time."""

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import capfirst, filesizeformat
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import NoRoom
from sessions_app.models import Activity, Consent, FileTransfer, Participant, SupportSession
from sessions_app.models.session_numbers import in_threes
from sessions_app.queries.sentences import sentence_of
from supportcenter.accounts.capabilities import Capability
from supportcenter.reporting.numbers import clock

Stopped = Activity.StopReason
ACTIVITY_OVER = {
    Stopped.FINISHED: _("it was done"),
    Stopped.DECLINED: _("it was declined"),
    Stopped.UNANSWERED: _("nobody answered in time"),
    Stopped.WITHDRAWN: _("the request was withdrawn"),
    Stopped.CONSENT_WITHDRAWN: _("the permission was withdrawn"),
    Stopped.FAILED: _("the browser could not do it"),
    Stopped.SWITCHED: _("another customer became the current one"),
    Stopped.CONTROL_TRANSFERRED: _("control was transferred"),
    Stopped.NO_VOICE: _("the new primary representative cannot carry voice"),
    Stopped.RELINQUISHED: _("the session was transferred"),
    Stopped.OWNER_LEFT: _("its owner left"),
    Stopped.SESSION_ENDED: _("the session ended"),
}
INVITATION_FAILED = {
    "bad_address": _("The mail server knows no such address."),
    "refused": _("The mail server refused the message."),
    "unreachable": _("The mail server could not be reached."),
    "not_now": _("The mail server did not take the message yet."),
}
CHANNELS = {
    "email": _("sent by the site"),
    "own_program": _("sent with the representative's own email program"),
}
REASONS = {
    "session.ended": dict(SupportSession.EndReason.choices),
    "participant.left": dict(Participant.LeftReason.choices),
    "join.refused": {NoRoom.code: _("the maximum number of customers was reached")},
    "activity.stopped": ACTIVITY_OVER,
    "file.stopped": dict(FileTransfer.StopReason.choices),
}
WORDS = {
    "mode": dict(SupportSession.Mode.choices),
    "kind": dict(Capability.choices),
    "answer": dict(Consent.Answer.choices),
    "channel": CHANNELS,
    "why": INVITATION_FAILED,
}
PEOPLE = {"participant", "from", "to", "owner", "requested_by", "customer", "csr"}
SIGNS = {
    "session": "headset",
    "participant": "user",
    "join": "ban",
    "link": "link",
    "invitation": "mail",
    "customer": "user-check",
    "control": "arrow-right-left",
    "chat": "message-square",
    "activity": "monitor",
    "call": "phone-off",
    "consent": "shield-check",
    "file": "paperclip",
    "recording": "circle-dot",
}


@dataclass(frozen=True)
class Line:
    at: datetime
    sign: str
    sentence: str

    @property
    def day(self):
        """As the site's clock has it; UTC is for machines."""
        return timezone.localdate(self.at)


class Teller:
    """Tells the events of one session, whose people are given."""

    def __init__(self, people):
        self._people = {person.pk: person.display_name for person in people}
        self._by_key = {person.event_key: person.display_name for person in people}

    def line(self, event):
        sign = SIGNS.get(event.type.partition(".")[0], "info")
        facts = {fact: self._said(event, fact, value) for fact, value in event.data.items()}
        facts |= {"actor": self._actor(event), "type": event.type}
        # A sentence that begins with a name begins with its mark, and the name stays as it is written.
        return Line(event.at, sign, capfirst(format_html(str(sentence_of(event)), **facts)))

    def _actor(self, event):
        if not event.actor_key:
            return gettext("the site")
        return _apart(self._by_key.get(event.actor_key) or event.actor_name or _somebody())

    def _said(self, event, fact, value):
        if fact in PEOPLE:
            told = event.data.get(f"{fact}_name") or event.data.get("name")
            return _apart(self._people.get(value) or told or _somebody())
        if fact == "reason":
            return REASONS.get(event.type, {}).get(value, value)
        if fact in WORDS:
            return WORDS[fact].get(value, value)
        return FACES[fact](value) if fact in FACES else value


def _name(value):
    return _apart(value or _somebody())


def _somebody():
    return pgettext("a name that is not known any more", "somebody")


def _apart(text):
    """Set apart from the sentence around it, whatever its direction."""
    return format_html("<bdi>{}</bdi>", text)


def _files(offered):
    named = ((_name(each["name"]), filesizeformat(each["size"])) for each in offered)
    return format_html_join(pgettext("between the items of a list", ", "), "{} ({})", named)


def _number(value):
    return format_html('<bdi class="digits" dir="ltr">{}</bdi>', in_threes(value))


def _time(value):
    return timezone.localtime(parse_datetime(value)).strftime("%H:%M")


FACES = {
    "name": _name,
    "files": _files,
    "number": _number,
    "ends_at": _time,
    "until": _time,
    "size": filesizeformat,
    "duration": clock,
}
