import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from sessions_app.actions.activities.activities import stop_activity
from sessions_app.models import Recording, RecordingSegment
from supportcenter.accounts.models import SitePolicy
from tests.factories import make_assistant, make_session
from tests.sessions_app.recordings import WEBM, running
from tests.sessions_app.storing import leave_no_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
FILM = bytes(range(256)) * 4


@pytest.fixture
def recording(session, clock, client, amal):
    client.force_login(amal)
    return running(session, clock)


@pytest.fixture
def finished(session, recording):
    stop_activity(session, recording.activity, by=session.primary)
    file = recording.file.storage.save("recordings/film.webm", ContentFile(FILM))
    recording.mark_ready(file=file, content_type="video/webm", size=len(FILM), duration=4.0, is_raw=False)
    return recording


def chunk_url(recording, number=0):
    return reverse("add_recording_chunk", args=[recording.session.key, recording.pk, "a-segment", number])


def url_of(recording):
    return reverse("recording", args=[recording.session.key, recording.pk])


def test_piece_comes_in_as_the_body_of_a_request(client, recording):
    answer = client.post(chunk_url(recording) + "?age=2000", FILM, content_type=WEBM)

    assert answer.json() == {"chunks": 1}
    segment = RecordingSegment.objects.get()
    assert (segment.name, segment.size) == ("a-segment", len(FILM))
    assert 1.9 < (recording.activity.started_at - segment.started_at).total_seconds() < 2.1


def test_piece_out_of_order_names_the_one_expected(client, recording):
    answer = client.post(chunk_url(recording, 3), FILM, content_type=WEBM, headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "chunk_out_of_order")
    assert answer.json()["error"]["expected"] == 0


def test_piece_without_space_is_refused_with_a_sentence(client, recording):
    leave_no_space()
    answer = client.post(chunk_url(recording), FILM, content_type=WEBM, headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "no_space_left")
    assert "no storage space left" in answer.json()["error"]["message"]


def test_piece_over_the_limit_is_refused(client, recording):
    answer = client.post(chunk_url(recording), b"x" * (2 * 1024 * 1024 + 1), content_type=WEBM)

    assert answer.status_code == 413


@pytest.mark.parametrize("age", ["", "?age=-1", "?age=x"])
def test_age_that_is_none_is_none(client, recording, age):
    assert client.post(chunk_url(recording) + age, FILM, content_type=WEBM).status_code == 200


def test_whole_and_part_of_the_film(client, finished):
    whole = client.get(url_of(finished))
    part = client.get(url_of(finished), headers={"range": "bytes=256-259"})

    assert (whole.status_code, b"".join(whole), whole["Content-Type"]) == (200, FILM, "video/webm")
    assert whole["Content-Disposition"].startswith("inline; filename=")
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert (part.status_code, b"".join(part), part["Content-Range"]) == (206, bytes(range(4)), "bytes 256-259/1024")


def test_download_is_an_attachment(client, session, finished):
    answer = client.get(url_of(finished) + "?download")

    name = f'attachment; filename="recording-{session.number}-{finished.pk}.webm"'
    assert answer["Content-Disposition"] == name


def test_parts_that_are_not_in_the_film_are_named_and_offered(client, session, finished):
    assert client.get(url_of(finished) + "?beside").status_code == 404
    finished.segments.create(name="first", place=0, content_type="video/webm")
    finished.segments.create(name="second", place=1, content_type="video/mp4", is_beside=True)
    finished.beside = finished.file.storage.save("recordings/beside.zip", ContentFile(b"an archive"))
    finished.save()

    page = client.get(reverse("record", args=[session.key])).content.decode()
    answer = client.get(url_of(finished) + "?beside")

    assert ("Part 1" in page, "Part 2" in page, url_of(finished) + "?beside" in page) == (False, True, True)
    assert (b"".join(answer), answer["Content-Type"]) == (b"an archive", "application/zip")
    name = f'attachment; filename="recording-{session.number}-{finished.pk}-beside.zip"'
    assert answer["Content-Disposition"] == name


def test_recording_that_could_not_be_finished_says_so(client, session, recording):
    stop_activity(session, recording.activity, by=session.primary)
    Recording.objects.filter(pk=recording.pk).update(state="finishing", tries=1)
    assert "It is being processed." in client.get(reverse("record", args=[session.key])).content.decode()

    Recording.objects.update(tries=2)

    assert "recording could not be processed yet" in client.get(reverse("record", args=[session.key])).content.decode()


def test_what_is_not_finished_or_gone_is_not_there(client, finished):
    finished.file.delete()
    assert client.get(url_of(finished)).status_code == 404


def test_recording_of_another_session_is_not_there(client, faris, finished):
    elsewhere = make_session(faris)
    client.force_login(faris)

    assert client.get(url_of(finished)).status_code == 404
    # Nor by way of one's own session.
    assert client.get(reverse("recording", args=[elsewhere.key, finished.pk])).status_code == 404
    assert client.post(reverse("pause_recording", args=[elsewhere.key, finished.pk])).status_code == 404


def test_assistant_sees_the_sign_and_no_buttons(client, session, recording, bilal):
    client.force_login(make_assistant(session, bilal).user)
    page = client.get(reverse("dashboard", args=[session.key])).content.decode()

    assert "data-recording-sign" in page
    assert reverse("pause_recording", args=[session.key, recording.pk]) not in page
    assert f'id="record-{session.key}"' not in page


def test_there_is_no_button_where_nothing_is_recorded(client, session, recording, policy):
    policy.recording = SitePolicy.Recording.OFF
    policy.save()
    stop_activity(session, recording.activity, by=session.primary)

    assert f'id="record-{session.key}"' not in client.get(reverse("dashboard", args=[session.key])).content.decode()


def test_where_every_session_is_recorded_the_page_starts_it_and_has_no_stop(client, session, carol, recording, policy):
    url = reverse("dashboard_region", args=[session.key, "media_bar"])
    policy.recording = SitePolicy.Recording.ALWAYS
    policy.save()
    page = client.get(url).content.decode()
    assert "data-recording-sign" in page
    assert "data-recording-due" not in page
    assert f"/activities/{recording.activity_id}/stop/" not in page

    stop_activity(session, recording.activity, failure="unsupported", by=session.primary)

    assert "data-recording-due" in client.get(url).content.decode()
