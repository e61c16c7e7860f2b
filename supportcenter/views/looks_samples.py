"""What the developers' pages show: templates with people, numbers and words that never were in a database."""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from types import SimpleNamespace as Made
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from invitations.models import Invitation
from invitations.queries.panel import number_in_words
from sessions_app.errors import NoRoom, NumberUnknown, SessionHasEnded
from sessions_app.forms.after import SurveyForm
from sessions_app.forms.entry import JoinForm
from sessions_app.models import Reaction, SupportSession
from sessions_app.queries.room import LINES_SHOWN
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import CsrPrivileges, SitePolicy
from supportcenter.accounts.policy import EffectiveMode, session_mode
from supportcenter.mail.models import Delivery
from supportcenter.reporting.first_rows import FirstRows
from supportcenter.views.looks_receipt import sample_conversation, sample_receipt, sample_transcript

# What a template is shown: made up, so of any kind.
Context = dict[str, Any]

WORDS: dict[str, Context] = {
    "en": {
        "csr": "Amal Haddad", "assistant": "Bilal Otieno", "customer": "Carol Lindqvist",
        "long": "Wolfeschlegelsteinhausenbergerdorff-Montgomery of the Accounting Department",
        "lines": [
            "Hello, it says “error 7” when I print.",
            "Good morning Carol. Since when?",
            "Since the update yesterday.\nBefore that it was fine.",
            "Please look at https://example.com/printers/error-7 while I read the log. <b>This is no markup.</b>",
            "نعم، شكراً لكِ",
        ],
    },
    "ar": {
        "csr": "أمل حداد", "assistant": "بلال عثمان", "customer": "كارول ليندكفست",
        "long": "عبد الرحمن بن عبد العزيز بن محمد آل سليمان من قسم المحاسبة والتدقيق الداخلي",
        "lines": [
            "مرحباً، تظهر عبارة «الخطأ 7» عندما أطبع.",
            "صباح الخير. منذ متى؟",
            "منذ تحديث الأمس.\nقبل ذلك كان كل شيء سليماً.",
            "اطّلعي من فضلك على https://example.com/printers/error-7 ريثما أقرأ السجل. <b>هذا ليس وسماً.</b>",
            "Thank you very much!",
        ],
    },
}  # fmt: skip

SITE = "https://support.example.com"


def words() -> Context:
    return WORDS["ar" if get_language() == "ar" else "en"]


def person(pk: int, name: str, role: str, *, here: bool = True, admitted: bool = True) -> Made:
    one = Made(pk=pk, event_key=f"participant.{pk}", display_name=name, name=name, role=role, user=None)
    one.is_customer, one.is_present, one.is_lost, one.is_admitted = role == "customer", True, not here, admitted
    one.came_before = pk == 3
    one.user_id, one.joined_at, one.can = None, timezone.now() - timedelta(minutes=7), Made(voice=True)
    one.device = {"browser": "chrome", "version": 148, "system": "windows"} if one.is_customer else {}
    return one


def room(
    *,
    as_role: str = "primary",
    customers: int = 1,
    away: Collection[str] = (),
    lobby: bool = False,
    chat: bool = True,
    tabs: Collection[Made] = (),
) -> Context:
    """The context of the dashboard and of the Remote Support page."""
    say = words()
    people = [person(1, say["csr"], "primary", here="primary" not in away), person(2, say["assistant"], "assistant")]
    names = [say["customer"], say["long"]][:customers]
    here, admitted = "customer" not in away, not lobby
    people += [person(pk, name, "customer", here=here, admitted=admitted) for pk, name in enumerate(names, start=3)]
    me = next(one for one in people if one.role == as_role)
    session = Made(key="sample", number="482913605", number_in_threes="482 913 605", mode="multi" if tabs else "single")
    session.current_customer = people[2] if customers else None
    session.primary, session.primary_id = people[0], people[0].pk
    session.current_customer_id, session.state = 3, "active" if customers else "waiting"
    session.started_at = timezone.now() - timedelta(minutes=12, seconds=4)
    control = as_role == "primary"
    may = Made(control=control, end=control, invite=control, remove=control, leave=not control, chat=True)
    lines = chat_lines(people, say["lines"]) if chat and customers else []
    return {
        "session": session, "me": me, "participants": people, "lines": lines, "may": may, "position": 17,
        "assistants": people[1:2] if control else [], "tabs": tabs,
        "media": media(session.current_customer, in_control=control), "primary_lost_until": None,
        "reactions_json": json.dumps(reactions(people, lines)), "signs": Reaction.Sign.choices,
        "most_lines": LINES_SHOWN, "join_address": f"{SITE}/join/", "invite_panel": invite_panel(session),
    }  # fmt: skip


def media(customer: Made | None, *, in_control: bool) -> Made:
    """Nothing runs, and everything may be used."""
    return Made(
        in_control=in_control, customer=customer, usable=set(Capability), activities=[], standing=[], viewers=[],
        snapshot_json="[]", people_json="{}", files_json="[]", ledger=[],
    )  # fmt: skip


def chat_lines(people: list[Made], texts: list[str]) -> list[Made]:
    authors = [people[2], people[0], people[2], people[0], people[2]]
    return [chat_line(pk, author, text) for pk, (author, text) in enumerate(zip(authors, texts, strict=True), start=1)]


def reactions(people: list[Made], lines: list[Made]) -> list[Context]:
    """To the last line: one sign by both sides, another by one."""
    given = [(people[2], "👍"), (people[0], "👍"), (people[2], "❤️")] if lines else []
    return [
        {"message": lines[-1].pk, "participant": one.pk, "name": one.display_name, "reaction": sign}
        for one, sign in given
    ]


def chat_line(pk: int, author: Made, text: str) -> Made:
    at = timezone.now() - timedelta(minutes=9 - pk)
    return Made(pk=pk, participant_id=author.pk, author_name=author.display_name, text=text, at=at)


def invite_panel(session: Made) -> Context:
    return {
        "session": session, "assist_address": f"{SITE}/sessions/assist/", "join_address": f"{SITE}/join/",
        "join_link": f"{SITE}/join/kX2v9tQ0bL7w/",
        "assist_link": f"{SITE}/join/pR8c1dYw5nZe/", "invitations": invitations(), "nonce": "", "texts": [],
        "number_in_words": number_in_words(session.number_in_threes),
    }  # fmt: skip


def invitations() -> list[Invitation]:
    now = timezone.now()
    sent, bounced = Delivery(state="sent"), Delivery(state="bounced", reason="bad_address", detail="5.1.1 No such user")
    deferred = Delivery(state="deferred", reason="not_now", detail="450 4.2.1 Greylisted")
    states: dict[str, dict[str, datetime | str | Delivery]] = {
        "carol": {"opened_at": now, "joined_at": now}, "omar.khalil": {"delivery": sent, "opened_at": now},
        "lars": {"channel": "own_program"}, "bilal": {"delivery": sent}, "mira": {"delivery": deferred},
        "lena": {"delivery": Delivery(state="queued")},
        "sami": {"delivery": Delivery(state="delivered")}, "x": {"revoked_at": now},
        "a-very-long-mailbox-name.for-support-requests": {"delivery": bounced},
    }  # fmt: skip
    return [invitation(pk, name, facts) for pk, (name, facts) in enumerate(states.items(), start=1)]


def invitation(pk: int, name: str, facts: dict[str, datetime | str | Delivery]) -> Invitation:
    made = {"channel": "email", "recipient": "csr" if name == "bilal" else "customer", **facts}
    return Invitation(pk=pk, email=f"{name}@example.com", expires_at=timezone.now() + timedelta(hours=1), **made)


def running(number: str, customers: int) -> Made:
    people = room(customers=customers)["participants"]
    session = room()["session"]
    session.key, session.number_in_threes = number.replace(" ", ""), number
    session.participants, session.primary = Made(all=lambda: people), people[0]
    return session


def home(*sessions: Made) -> Context:
    return {"running": sessions, "queues": []}


def mode(*, multi: bool) -> EffectiveMode:
    privileges = CsrPrivileges(multi_session=multi)
    return session_mode(SitePolicy(), privileges)


def no_room() -> Context:
    return {"refusal": NoRoom(), "form": JoinForm({"number": "482 913 057", "name": "Carol Haddad"})}


def ended(
    *, customer: bool, why: str = "done", is_open: bool = False, left: str = "", answered: bool = False
) -> Context:
    context = room(as_role="customer" if customer else "primary")
    session = context["session"]
    session.is_open, session.ended_at = is_open, None if is_open else timezone.now()
    session.get_end_reason_display = SupportSession.EndReason.ENDED.label
    session.length = 724
    context["me"].left_reason, context["me"].email = left, ""
    answer = Made(rating=4, is_more_than_rating=True) if answered else None
    form = None if is_open or not customer else SurveyForm(initial={"solved": "yes"}, questions=[])
    receipt = sample_receipt(session, context["me"], words()["csr"]) if customer else None
    conversation = sample_conversation(context["me"], words()["csr"], *words()["lines"]) if customer else None
    customers = FirstRows(one for one in context["participants"] if one.is_customer)
    used = [str(kind.label) for kind in (Capability.VIEW_DESKTOP, Capability.VOICE, Capability.FILES)]
    summary = Made(customers=customers, has_chat=True, used=used, answers=[])
    sent = [] if customer or is_open else [sample_transcript(one) for one in customers]
    after: Context = {"answer": answer, "survey_form": form, "receipt": receipt, "mails": []}
    after |= {"conversation": conversation, "transcript_address": "carol@example.com", "transcripts": sent}
    after |= {"may_be_remembered": customer, "is_remembered": answered, "may_forget": answered, "remembered_days": 180}
    return {**context, "customer": customer, "why": why, "summary": summary, **after}


DASHBOARD = "sessions_app/room/dashboard.html"
SUPPORT = "sessions_app/customer/remote_support.html"
ENDED = "sessions_app/ended/ended.html"

LOOKS: dict[str, tuple[str, Callable[[], Context]]] = {
    "home": (
        "supportcenter/home.html",
        lambda: {"running": [running("482 913 605", 2), running("907 114 230", 0)], "queues": []},
    ),
    "home-empty": ("supportcenter/home.html", home),
    "join": ("sessions_app/entry/join.html", dict),
    "start": ("sessions_app/entry/start.html", lambda: {"mode": mode(multi=False)}),
    "start-multi": ("sessions_app/entry/start.html", lambda: {"mode": mode(multi=True)}),
    "start-running": ("sessions_app/entry/start.html", lambda: {"running": room()["session"]}),
    "assist": ("sessions_app/entry/assist.html", dict),
    "dashboard": (DASHBOARD, lambda: room(customers=2)),
    "dashboard-tabs": (DASHBOARD, lambda: room(tabs=[running("907 114 230", 0), running("118 202 377", 2)])),
    "dashboard-waiting": (DASHBOARD, lambda: room(customers=0)),
    "dashboard-assistant": (DASHBOARD, lambda: room(as_role="assistant")),
    "dashboard-customer-lost": (DASHBOARD, lambda: room(away={"customer"})),
    "dashboard-customer-at-the-door": (DASHBOARD, lambda: room(lobby=True)),
    "support": (SUPPORT, lambda: room(as_role="customer")),
    "support-empty": (SUPPORT, lambda: room(as_role="customer", chat=False)),
    "support-representative-lost": (SUPPORT, lambda: room(as_role="customer", away={"primary"})),
    "lobby": ("sessions_app/customer/lobby.html", lambda: room(as_role="customer", lobby=True)),
    "ended-customer": (ENDED, lambda: ended(customer=True)),
    "ended-customer-answered": (ENDED, lambda: ended(customer=True, answered=True)),
    "ended-customer-left": (ENDED, lambda: ended(customer=True, why="left", is_open=True)),
    "ended-customer-removed": (ENDED, lambda: ended(customer=True, why="shown_out", is_open=True, left="removed")),
    "ended-csr": (ENDED, lambda: ended(customer=False)),
    "error-404": ("errors/404.html", dict),
    "error-403": ("errors/403.html", dict),
    "error-csrf": ("errors/403_csrf.html", dict),
    "error-429": ("errors/429.html", dict),
    "error-500": ("errors/500.html", lambda: {"request_id": "3f0c9a1be2d47586"}),
    "refused-no-room": ("sessions_app/entry/no_room.html", no_room),
    "refused-ended": ("errors/refused.html", lambda: {"refusal": SessionHasEnded()}),
    "refused-number": ("errors/refused.html", lambda: {"refusal": NumberUnknown()}),
}
