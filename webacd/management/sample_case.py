"""What staff kept about the sessions of the sample past, and the canned replies of a demo.

Made only where the site has none of its own kind: nothing of an admin's is added to.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from sessions_app.models import CannedReply, ClosingReason, Tag, TrackingField
from sessions_app.models.case_choices import CaseChoice
from webacd.models import Queue, QueueReply

Choice = TypeVar("Choice", bound=CaseChoice)

TAGS = {
    "printer": ("Printer", "طابعة"),
    "password": ("Password", "كلمة المرور"),
    "sound": ("Sound and video", "الصوت والفيديو"),
    "network": ("Network", "الشبكة"),
    "files": ("Files", "الملفات"),
    "invoice": ("Invoice", "فاتورة"),
}
REASONS = [("Solved", "حُلّت المشكلة"), ("Passed on", "أُحيلت"), ("Not solved", "لم تُحل")]
TICKET = ("Ticket number", "رقم التذكرة")
REPLIES = [
    {
        "shortcut": "hello",
        "title": "Greeting",
        "text": "Hello {customer}, my name is {representative}. How can I help you?",
        "text_ar": "أهلًا بك {customer}، معك {representative}. كيف يمكنني مساعدتك؟",
    },
    {
        "shortcut": "screen",
        "title": "Before seeing the screen",
        "text": "May I see your screen? You will be asked first, and can stop at any time.",
        "text_ar": "هل تسمح لي برؤية شاشتك؟ ستُسأل أولًا، ويمكنك الإيقاف في أي وقت.",
    },
    {
        "shortcut": "moment",
        "text": "One moment, please. I am looking it up.",
        "text_ar": "لحظة من فضلك، أبحث عن ذلك.",
    },
    {
        "shortcut": "thanks",
        "title": "Good-bye",
        "text": "Thank you, {customer}. If it happens again, please get in touch.",
        "text_ar": "شكرًا لك {customer}. إذا تكرر الأمر فلا تتردد في التواصل معنا.",
    },
]
OF_QUEUES = {
    "technical-support": {
        "shortcut": "restart",
        "text": "Please restart the program, and tell me what you see then.",
        "text_ar": "أعد تشغيل البرنامج من فضلك، وأخبرني بما تراه بعد ذلك.",
    },
    "billing": {
        "shortcut": "confirmation",
        "text": "The confirmation will be sent by email today.",
        "text_ar": "سيُرسل التأكيد بالبريد الإلكتروني اليوم.",
    },
}
# Of a hundred: which sessions are tagged, have a ticket, are closed with a form.
TAGGED, WITH_TICKET, CLOSED = 75, 60, 85
FIRST_TICKET = 4000


class Kept(NamedTuple):
    """What is kept about one session."""

    tags: list[Tag]
    field: TrackingField | None = None
    ticket: str = ""
    is_closed: bool = False
    reason: ClosingReason | None = None


class SampleCase:
    """Draws it, with the chances of the past that it belongs to."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._tags = _tags()
        self._reasons: Sequence[ClosingReason] = _or_made(ClosingReason, REASONS)
        fields = _or_made(TrackingField, [TICKET])
        self._field = next((each for each in fields if each.takes(f"INC-{FIRST_TICKET}")), None)
        self._tickets = FIRST_TICKET

    def kept_about(self, tags: Sequence[str]) -> Kept:
        """With some of the tags that suit, by their keys in `TAGS`."""
        suiting = [self._tags[tag] for tag in tags if tag in self._tags]
        given = suiting if self._happens(TAGGED) else []
        has_ticket = self._field is not None and self._happens(WITH_TICKET)
        self._tickets += has_ticket * self._chance.randint(1, 7)
        closed = self._happens(CLOSED)
        # The first is what most end with.
        weights = [6] + [1] * (len(self._reasons) - 1)
        reason = self._chance.choices(self._reasons, weights)[0] if closed and self._reasons else None
        return Kept(given, self._field if has_ticket else None, f"INC-{self._tickets}", closed, reason)

    def _happens(self, percent: int) -> bool:
        return self._chance.random() * 100 < percent


def make_replies(queues: Mapping[str, Queue]) -> None:
    """Those of the site and, by the slug of each, of queues."""
    if not CannedReply.objects.of_the_site().exists():
        for facts in REPLIES:
            CannedReply(**facts).write()
    for slug, facts in OF_QUEUES.items():
        if slug in queues and not queues[slug].replies.exists():
            QueueReply(queue=queues[slug], **facts).write()


def _tags() -> dict[str, Tag]:
    if Tag.objects.exists():
        return {}
    return {
        key: Tag.objects.create(name=name, name_ar=name_ar, order=order)
        for order, (key, (name, name_ar)) in enumerate(TAGS.items())
    }


def _or_made(kind: type[Choice], names: Sequence[tuple[str, str]]) -> list[Choice]:
    """Those that are in use, or else new ones."""
    found: list[Choice] = list(kind.objects.filter(is_on=True))
    made = [kind(name=name, name_ar=name_ar, order=order) for order, (name, name_ar) in enumerate(names)]
    if not found:
        kind.objects.bulk_create(made)
    return found or made
