"""Each kind of data goes after its days, counted from the session's end; 0 keeps it (E44)."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.start import open_session
from sessions_app.actions.retention import retention
from sessions_app.models import ChatMessage, FileTransfer, Participant, Recording, RetiredNumber, SupportSession
from sessions_app.storage import upload_store
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import plan_recurring
from supportcenter.live.models import EventStream
from tests.factories import latest, make_customer, make_session, sent_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PARTS_DIR = tmp_path / "parts"


@pytest.fixture
def days(policy):
    """Say for how many days each kind is kept."""

    def days(**kept):
        SitePolicy.objects.update(**kept)

    return days


@pytest.fixture
def ended(clock, session, carol):
    """A session with a chat, a file and a recording, just ended."""
    amal = session.primary
    say(session, text="It says error 7", client_id="c1", by=carol)
    sent_file(session, carol, "log.txt")
    film = start_activity(session, Capability.RECORDING, by=amal).recording
    end_session(session, by=amal)
    film.refresh_from_db()
    film.file.save("film.webm", ContentFile(b"film"), save=False)
    film.mark_ready(file=film.file.name, content_type="video/webm", size=4, duration=1.0, is_raw=False)
    plan_recurring()
    return session


def said(session):
    return [data["text"] for event_type, data in latest(session) if event_type == "chat.said"]


def test_nothing_goes_before_its_day(clock, ended):
    clock.forward(days=89)
    assert said(ended) == ["It says error 7", "log.txt"]
    assert ChatMessage.objects.count() == 2
    assert Recording.objects.get().file.storage.exists(Recording.objects.get().file.name)


def test_chat_goes_out_of_the_transcript_and_out_of_the_log(clock, days, ended):
    days(chat_days=7)
    clock.forward(days=8)
    assert ChatMessage.objects.count() == 0
    assert said(ended) == ["", ""]
    assert FileTransfer.objects.exclude(file="").count() == 1


def test_stored_file_goes_and_its_name_and_size_stay(clock, days, ended):
    file = FileTransfer.objects.get().file
    days(file_days=7)
    clock.forward(days=8)
    row = FileTransfer.objects.get()
    assert (row.name, row.size, bool(row.file)) == ("log.txt", 5, False)
    assert not file.storage.exists(file.name)


def test_recording_goes_with_what_it_was_made_of(clock, days, ended):
    film = Recording.objects.get()
    film.segments.create(name="s", place=0, content_type="video/webm")
    upload_store.write_at(f"recordings/{film.pk}/0", 0, b"piece")
    days(recording_days=7)
    clock.forward(days=8)
    assert not film.file.storage.exists(film.file.name)
    assert not upload_store.path_of(f"recordings/{film.pk}").exists()
    assert not film.segments.exists()
    assert not Recording.objects.get().file


def test_record_goes_as_a_whole_and_its_files_with_it(clock, days, ended):
    stored = [FileTransfer.objects.get().file, Recording.objects.get().file]
    days(retention_days=30, chat_days=0, file_days=0, recording_days=0)
    clock.forward(days=29)
    assert said(ended) == ["It says error 7", "log.txt"]
    clock.forward(days=2)
    assert not SupportSession.objects.exists()
    assert not Participant.objects.exists()
    assert not EventStream.objects.filter(name=ended.stream).exists()
    assert not [file.name for file in stored if file.storage.exists(file.name)]


def test_what_goes_with_its_record_is_not_emptied_first(clock, days, ended):
    """Else each event would be written once more just before it is deleted."""
    days(retention_days=30, chat_days=30, file_days=45, recording_days=30)
    with CaptureQueriesContext(connection) as asked:
        clock.forward(days=31)
    assert not SupportSession.objects.exists()
    assert not [one["sql"] for one in asked if one["sql"].startswith('UPDATE "live_event"')]


def test_zero_keeps_for_ever(clock, days, ended):
    days(retention_days=0, chat_days=0, file_days=0, recording_days=0)
    clock.forward(days=3650)
    assert said(ended) == ["It says error 7", "log.txt"]
    assert FileTransfer.objects.get().file


def test_running_session_keeps_everything(clock, days, session, carol):
    days(retention_days=1, chat_days=1, quiet_minutes=0, connection_grace=3600)
    SupportSession.objects.update(started_at=timezone.now())
    say(session, text="Hello", client_id="c1", by=carol)
    clock.forward(minutes=30)
    retention.remove_what_is_due()
    assert said(session) == ["Hello"]


def test_number_outlives_its_record_until_it_may_be_used_again(clock, days, monkeypatch, ended, amal, policy):
    days(retention_days=30, number_reuse_days=90)
    clock.forward(days=31)
    assert not SupportSession.objects.exists()
    assert RetiredNumber.objects.get().number == ended.number
    drawn = iter([ended.number, "123456789"])
    monkeypatch.setattr("sessions_app.actions.lifecycle.numbers.draw_number", lambda: next(drawn))
    assert open_session(amal, SupportSession.Mode.SINGLE, SitePolicy.current()).number == "123456789"
    clock.forward(days=60)
    assert not RetiredNumber.objects.exists()


def test_number_that_is_free_already_is_not_kept(clock, days, ended):
    days(retention_days=30, number_reuse_days=10)
    clock.forward(days=31)
    assert not SupportSession.objects.exists()
    assert not RetiredNumber.objects.exists()


def test_much_goes_in_steps_and_twice_does_no_harm(clock, days, monkeypatch, amal):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for _ in range(5):
        end_session(session := make_session(amal), by=session.primary)
    days(retention_days=1)
    plan_recurring()
    clock.forward(days=2)
    assert not SupportSession.objects.exists()
    assert not Job.objects.filter(kind="sessions.retention_goes_on").exists()
    assert retention.remove_what_is_due() is False


def test_other_sessions_stay(clock, days, ended, amal):
    days(retention_days=30)
    clock.forward(days=20)
    later = make_session(amal)
    make_customer(later, "Omar")
    end_session(later, by=later.primary)
    clock.forward(days=11)
    assert list(SupportSession.objects.all()) == [later]
    assert later.participants.count() == 2
