"""What is read, saved, watched and ended of sessions is in the audit log (E73)."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.transcripts import send_transcript
from sessions_app.models import Recording
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.audit.models import Entry
from tests.factories import sent_file

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def told(session):
    """What became an entry about this session, and by whom, since this was asked."""
    last = [0]

    def told():
        found = Entry.objects.filter(about=session.audit_subject, pk__gt=last[0]).order_by("pk")
        rows = list(found.values_list("pk", "what", "account", "by"))
        last[0] = max([last[0], *(pk for pk, *_ in rows)])
        return [tuple(row) for _pk, *row in rows]

    return told


def test_record_that_is_read_and_saved(client, amal, session, told):
    end_session(session, by=session.primary)
    client.force_login(amal)
    page, file = reverse("record", args=[session.key]), reverse("record_csv", args=[session.key])
    for address in (page, page, file):
        assert client.get(address).status_code == 200
    assert told() == [("record_opened", "amal", ""), ("record_saved", "amal", "")]
    rate_limiter().storage.reset()
    client.get(page)
    assert told() == [("record_opened", "amal", "")]


def test_open_session_is_watched_by_who_is_not_in_it(client, amal, dana, session, told):
    page = reverse("record", args=[session.key])
    client.force_login(amal)
    assert client.get(page).status_code == 200
    assert told() == []
    client.force_login(dana)
    client.get(page)
    assert told() == [("session_watched", "dana", "")]


def test_record_that_is_out_of_sight_is_no_entry(client, eve, session, told):
    client.force_login(eve)
    assert client.get(reverse("record", args=[session.key])).status_code == 404
    assert told() == []


def test_list_of_open_sessions_and_ending_one(client, dana, session, told):
    client.force_login(dana)
    client.get("/sessions/monitoring/")
    assert Entry.objects.filter(what="monitoring_opened", account="dana").count() == 1
    client.post(reverse("end_by_admin", args=[session.key]))
    assert told() == [("session_ended_by_admin", "dana", "")]


def test_own_end_is_no_entry(session, told):
    end_session(session, by=session.primary)
    assert told() == []


def test_file_that_is_saved(client, amal, session, carol, told):
    transfer = sent_file(session, carol, "a.txt")
    client.force_login(amal)
    address = reverse("download_file", args=[session.key, transfer.pk])
    for headers in ({}, {"range": "bytes=1-"}):
        assert client.get(address, headers=headers).status_code in (200, 206)
    assert told() == [("file_opened", "amal", "")]
    assert Entry.objects.get(what="file_opened").facts == {"file": transfer.pk}


def test_recording_that_is_watched_and_downloaded(client, dana, session, carol, told):
    recording = start_activity(session, Capability.RECORDING, by=session.primary).recording
    recording.file.save("film.webm", ContentFile(b"x" * 100))
    Recording.objects.update(state=Recording.State.READY, size=100)
    client.force_login(dana)
    address = reverse("recording", args=[session.key, recording.pk])
    for start in range(3):
        assert client.get(address, headers={"range": f"bytes={start}-"}).status_code == 206
    assert client.get(f"{address}?download").status_code == 200
    assert told() == [("recording_opened", "dana", ""), ("recording_saved", "dana", "")]


def test_reports_that_are_saved(client, dana, session):
    client.force_login(dana)
    for name in ("reports_csv", "csr_report_xlsx"):
        assert client.get(reverse(name)).status_code == 200
    saved = Entry.objects.filter(what="report_saved").order_by("pk")
    assert [(one.account, one.facts["report"], one.facts["ending"]) for one in saved] == [
        ("dana", "Sessions", "csv"),
        ("dana", "Representatives", "xlsx"),
    ]


def test_customer_who_is_erased(dana, session, carol, told):
    end_session(session, by=session.primary)
    erase_customer(session, carol, by=dana)
    assert told() == [("customer_erased", "dana", "")]


def test_conversation_that_is_sent(settings, amal, session, carol, told):
    say(session, text="Hello", client_id="c1", by=carol)
    end_session(session, by=session.primary)
    send_transcript(session, carol, email="carol@example.org", by=session.primary)
    assert told() == [("conversation_sent", "", "amal")]
