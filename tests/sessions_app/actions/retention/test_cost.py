"""What retention costs: as good as nothing for each session more, whatever belongs to it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.actions.retention import retention
from sessions_app.models import (
    ChatMessage,
    ClosingReason,
    FileTransfer,
    Recording,
    RecordingSegment,
    SupportSession,
    TrackingField,
)
from supportcenter import pieces
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.models import Event, EventStream
from tests.factories import latest, make_customer, make_session, sent_file

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOTHING = {"chat_days": 0, "file_days": 0, "recording_days": 0, "retention_days": 0}
KINDS = sorted(NOTHING)
DEFINED = [TrackingField, ClosingReason]
TIMES = [
    (SupportSession, "ended_at"),
    (ChatMessage, "at"),
    (FileTransfer, "offered_at"),
    (Recording, "started_at"),
    (RecordingSegment, "started_at"),
]


def past_session(csr):
    """A session with everything that belongs to one."""
    session = make_session(csr)
    carol = make_customer(session)
    say(session, text="It says error 7", client_id="c1", by=carol)
    sent_file(session, carol, "log.txt")
    film = start_activity(session, Capability.RECORDING, by=session.primary).recording
    film.segments.create(name="s", place=0, content_type="video/webm")
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    answer_survey(carol, solved="yes", rating=5)
    return session


def queries_of_retention(kind):
    SitePolicy.objects.update(**{**NOTHING, kind: 1})
    for model, field in TIMES:
        model.objects.update(**{field: F(field) - timedelta(days=2)})
    with CaptureQueriesContext(connection) as captured:
        retention.remove_what_is_due()
    return len(captured)


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_sessions_cost_hardly_more_queries_than_one(policy, amal, kind):
    SitePolicy.objects.update(**NOTHING)
    past_session(amal)
    one = queries_of_retention(kind)
    for _ in range(20):
        past_session(amal)
    assert queries_of_retention(kind) <= one + 2


def test_a_run_asks_about_twice_for_each_session(policy, amal):
    SitePolicy.objects.update(**NOTHING)
    for _ in range(retention.AT_ONCE):
        past_session(amal)
    assert queries_of_retention("retention_days") <= 2.3 * retention.AT_ONCE
    assert not SupportSession.objects.exists()


def test_nothing_of_a_session_is_left(policy, amal):
    SitePolicy.objects.update(**NOTHING)
    for _ in range(3):
        past_session(amal)
    queries_of_retention("retention_days")
    left = [model for model in apps.get_app_config("sessions_app").get_models() if model.objects.exists()]
    # What admins define is no session's.
    assert [model.__name__ for model in left if model not in DEFINED] == ["CsrDesk", "RetiredNumber"]
    assert not Event.objects.exists()
    assert not EventStream.objects.exists()


def test_every_table_that_refers_to_a_session_says_what_becomes_of_it():
    """Sessions are deleted with what refers to them; a reference that protects them would keep them for ever."""
    reached, told = [SupportSession], set()
    for model in reached:
        for relation in model._meta.related_objects:
            told.add((relation.related_model.__name__, relation.field.name, relation.on_delete.__name__))
            if relation.on_delete is models.CASCADE and relation.related_model not in reached:
                reached.append(relation.related_model)
    assert [one for one in told if one[2] not in {"CASCADE", "SET_NULL"}] == []
    assert {model.__name__ for model in reached} >= {"Participant", "RecordingSegment", "SurveyAnswer", "Invitation"}


def test_long_chat_goes_in_pieces(policy, amal, monkeypatch):
    monkeypatch.setattr(pieces.each_piece, "__defaults__", (2,))
    SitePolicy.objects.update(**NOTHING)
    session = make_session(amal)
    for number in range(5):
        say(session, text=f"Line {number}", client_id=f"c{number}", by=session.primary)
    end_session(session, by=session.primary)
    queries_of_retention("chat_days")
    assert not ChatMessage.objects.exists()
    assert [data["text"] for kind, data in latest(session) if kind == "chat.said"] == [""] * 5


def test_what_a_crash_left_half_done_is_finished(policy, amal):
    """The files were deleted, and the rows still name them."""
    SitePolicy.objects.update(**NOTHING)
    past_session(amal)
    file, film = FileTransfer.objects.get().file, Recording.objects.get()
    file.storage.delete(file.name)
    film.segments.all().delete()
    queries_of_retention("retention_days")
    assert not SupportSession.objects.exists()
