"""Every event of a session has a sentence, in both languages."""

import re
from datetime import timedelta
from types import SimpleNamespace as Made

import pytest
from django.utils import timezone, translation

from sessions_app.models import Activity, Participant
from sessions_app.queries.sentences import SENTENCES, SMALL, Variants
from sessions_app.queries.timeline import REASONS, WORDS, TimelineRenderer
from supportcenter.live.models import Event
from tests.source import calls_of, event_catalogues

FILE = {"file": 1, "name": "log <1>.txt", "size": 2048}
# What each type brings along, for those whose sentence takes it up.
DATA = {
    "session.started": {"mode": "single"},
    "session.branched": {"session": "key", "number": "482913605", "participant": 1},
    "session.quiet": {"ends_at": "2026-11-27T10:05:00+00:00"},
    "session.ended": {"reason": "quiet"},
    "participant.joined": {"participant": 2, "name": "Carol", "role": "customer"},
    "participant.expected": {"participant": 2, "name": "Carol", "until": "2026-11-27T10:05:00+00:00"},
    "participant.left": {"participant": 2, "name": "Carol", "role": "customer", "reason": "closed"},
    "lobby.switched": {"on": True},
    "join.refused": {"name": "Omar", "reason": "no_room", "count": 1},
    "number.renewed": {"number": "482913605", "renewed": "482913606"},
    "invitation.created": {"invitation": 1, "recipient": "csr", "channel": "own_program"},
    **{
        f"invitation.{state}": {"invitation": 1, "why": "refused"}
        for state in ("bounced", "deferred", "failed", "rejected")
    },
    "customer.switched": {"participant": 2},
    "control.transferred": {"from": 1, "from_name": "Amal", "to": 3, "to_name": "Bilal", "why": "transferred"},
    "control.released": {"from": 1, "from_name": "Amal"},
    "help.asked": {"help": 1, "queue": "Billing", "queue_ar": "الفواتير", "agents": 2},
    "help.ended": {"help": 1, "outcome": "declined"},
    "activity.stopped": {"activity": 1, "kind": "video", "owner": 2, "requested_by": 1, "reason": "failed"},
    "consent.answered": {"consent": 1, "customer": 2, "csr": 1, "activity": 1, "answer": "declined"},
    "consent.explained": {"consent": 1, "customer": 2, "csr": 1, "activity": 1, "reason": "private"},
    "file.offered": {"activity": 1, "files": [FILE, {**FILE, "name": "b.txt"}]},
    **{f"file.{verb}": FILE for verb in ("started", "paused", "resumed", "finished")},
    "file.stopped": {**FILE, "reason": "cancelled"},
    "recording.saved": {"recording": 1, "duration": 247.0, "size": 5_000_000},
}
ANYTHING = {"participant": 2, "name": "Carol", "owner": 2, "requested_by": 1, "kind": "voice", "customer": 2, "csr": 1}


# On the stream of one person, of which there is no record.
OF_A_PERSON = {"assist.asked", "notifications.changed"}
# Of all that distribution records, what stands in a session's stream.
OF_DISTRIBUTION = {"help.asked", "help.answered", "help.ended"}


def event_types():
    """Of what stands in a session's stream."""
    return types_of("sessions_app", "invitations") - OF_A_PERSON | types_of("webacd") & OF_DISTRIBUTION


def types_of(*apps):
    calls = [call for path in event_catalogues(*apps) for name in ("Draft", "_draft") for call in calls_of(name, path)]
    return {call.args[0].value for call in calls if hasattr(call.args[0], "value")}


def renderer():
    names = {1: "Amal", 2: "Carol <b>", 3: "Bilal"}
    return TimelineRenderer([Participant(pk=pk, name=name) for pk, name in names.items()])


def told(event_type, data=None, *, actor="participant.1", language="en"):
    data = DATA.get(event_type, ANYTHING) if data is None else data
    event = Event(type=event_type, data=data, actor_key=actor, actor_name="Amal" if actor else "", at=timezone.now())
    with translation.override(language):
        return str(renderer().line(event).sentence)


def variants():
    for event_type, sentence in SENTENCES.items():
        yield from ([(event_type, each) for each in (*sentence.sentences.values(), sentence.otherwise)]
                    if isinstance(sentence, Variants) else [(event_type, sentence)])  # fmt: skip


def test_every_type_has_a_sentence_and_no_other():
    assert event_types() - set(SENTENCES) == set()
    assert set(SENTENCES) - event_types() == set()
    assert set(SMALL) <= set(SENTENCES)


@pytest.mark.parametrize("event_type", sorted(SENTENCES))
def test_sentence_is_said_in_both_languages(event_type):
    english, arabic = told(event_type), told(event_type, language="ar")
    assert english != arabic
    assert re.search("[ء-ي]", arabic)
    assert "{" not in english + arabic


@pytest.mark.parametrize(("event_type", "sentence"), [pytest.param(*each, id=str(each[1])) for each in variants()])
def test_translation_asks_for_the_same_facts(event_type, sentence):
    def facts(text):
        return sorted(re.findall(r"{\w+}", text))

    with translation.override("ar"):
        arabic = str(sentence)
    with translation.override("en"):
        english = str(sentence)
    assert facts(arabic) == facts(english)
    assert arabic != english


def test_names_are_set_apart_and_shown_as_text():
    assert told("participant.joined") == "<bdi>Carol &lt;b&gt;</bdi> joined."
    assert told("file.offered") == (
        "<bdi>Amal</bdi> offered files: <bdi>log &lt;1&gt;.txt</bdi> (2.0\xa0KB), <bdi>b.txt</bdi> (2.0\xa0KB)."
    )


def test_person_without_a_row_is_named_as_the_event_named_them():
    gone = {"participant": 99, "name": "Lena", "role": "customer"}
    assert told("participant.joined", gone) == "<bdi>Lena</bdi> joined."
    assert told("participant.joined", {**gone, "name": ""}) == "<bdi>someone</bdi> joined."
    assert told("link.renewed", {}, actor="user.7").startswith("<bdi>Amal</bdi> renewed")


def test_refused_joins_are_told_by_name_or_by_their_number():
    refused = {"name": "Omar", "reason": "no_room"}
    for single in (refused, {**refused, "count": 1}):
        assert told("join.refused", single).startswith("<bdi>Omar</bdi> could not join")
    assert told("join.refused", {"name": "", "reason": "no_room", "count": 56}).startswith(
        "Joins that were refused: 56."
    )


def test_site_acts_too():
    assert told("session.ended", {"reason": "ended"}, actor="") == "The site ended the session."


def test_type_of_tomorrow_is_told_somehow():
    assert told("whiteboard.wiped", {}) == "Something happened: whiteboard.wiped."
    assert "whiteboard.wiped" in told("whiteboard.wiped", {}, language="ar")


def test_every_reason_has_its_words():
    with translation.override("ar"):
        untranslated = [str(word) for words in (*REASONS.values(), *WORDS.values()) for word in words.values()
                        if not re.search("[ء-ي]", str(word))]  # fmt: skip
    assert untranslated == []
    assert set(REASONS["activity.stopped"]) == set(Activity.StopReason) - {Activity.StopReason.STOPPED}


def test_day_is_the_day_of_the_site(settings):
    settings.TIME_ZONE = "Asia/Muscat"
    late = timezone.now().replace(hour=23, minute=30)
    line = renderer().line(Made(seq=1, type="link.renewed", data={}, actor_key="", actor_name="", at=late))
    assert line.day == late.date() + timedelta(days=1)
    assert told("session.quiet").endswith("14:05.")
