"""The past of a demo: ended sessions to look at, written once, with which nothing waits, runs or is sent."""

import random
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from sessions_app.models import (
    Activity,
    CannedReply,
    ClosingReason,
    Participant,
    SupportSession,
    Tag,
    TrackingField,
    TrackingValue,
)
from supportcenter.accounts.models import User
from supportcenter.jobs.models import Job
from supportcenter.live.models import EventStream
from tests.factories import make_session
from webacd.management.sample_past import moments
from webacd.models import QueueEntry, QueueReply, SupportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def seeded():
    said = StringIO()
    call_command("seed_demo", past=True, stdout=said)
    return said.getvalue()


@pytest.fixture
def seeded_beside_an_admins():
    for kind in (ClosingReason, TrackingField):
        kind.objects.all().delete()
    for kind in (Tag, ClosingReason, TrackingField):
        kind.objects.create(name="Ours")
    CannedReply.objects.create(shortcut="ours", text="Ours")
    call_command("seed_demo", past=True, stdout=StringIO())


def test_past_is_written_once(seeded):
    count = SupportSession.objects.count()
    assert f"{count} sessions of the last two weeks" in seeded
    call_command("seed_demo", past=True, stdout=StringIO())
    assert SupportSession.objects.count() == count > 50


def test_accounts_alone_have_no_past():
    call_command("seed_demo", stdout=StringIO())
    assert not SupportSession.objects.exists()


def test_a_site_with_sessions_of_its_own_gets_none(amal):
    make_session(amal)
    call_command("seed_demo", past=True, stdout=StringIO())
    assert SupportSession.objects.count() == 1


def test_nothing_waits_runs_or_lies_ahead(seeded):
    assert not SupportSession.objects.open().exists()
    assert not Participant.objects.present().exists()
    assert not Activity.objects.alive().exists()
    assert not QueueEntry.objects.exists()
    assert not SupportRequest.objects.waiting().exists()
    assert not Job.objects.exists()
    assert SupportSession.objects.latest("ended_at").ended_at < timezone.now()


def test_figures_reports_and_records_have_something_to_show(seeded, client):
    client.force_login(User.objects.get(username="dana"))
    since = (timezone.localdate() - timedelta(days=14)).isoformat()
    figures = client.get(reverse("acd_figures"), {"since": since}).context["all_queues"]
    assert figures.answered > 40
    assert figures.abandoned > 2
    total = client.get(reverse("csr_report")).context["total"]
    assert total.sessions == total.customers == SupportSession.objects.count()
    assert total.ratings > 20
    session = SupportSession.objects.filter(activities__kind="view_desktop").latest("started_at")
    record = client.get(reverse("record", args=[session.key])).content.decode()
    assert session.chat_messages.first().text in record
    assert session.number_in_threes in record


def test_events_are_numbered_as_those_of_a_real_session(seeded):
    stream = EventStream.objects.first()
    events = list(stream.events.order_by("seq"))
    assert [event.seq for event in events] == list(range(1, stream.last_seq + 1))
    assert events == sorted(events, key=lambda event: event.at)
    assert events[0].type == "session.started"
    # Who closes it does so after the end.
    assert [event.type for event in events if event.type != "closing.completed"][-1] == "session.ended"


def test_staff_have_kept_something_about_it(seeded, client):
    client.force_login(User.objects.get(username="dana"))
    since = (timezone.localdate() - timedelta(days=14)).isoformat()
    found = client.get(reverse("outcomes"), {"since": since}).context["outcomes"]
    assert found.sessions == SupportSession.objects.count()
    for rows in (found.by_reason, found.by_tag):
        assert len([one for one in rows if not one.is_none]) >= 3
    assert TrackingValue.objects.filter(value__startswith="INC-").count() > 30
    noted = SupportSession.objects.filter(notes__isnull=False).latest("started_at")
    record = client.get(reverse("record", args=[noted.key])).content.decode()
    assert noted.notes.get().text in record


def test_there_are_replies_in_both_languages(seeded):
    replies = [*CannedReply.objects.of_the_site(), *QueueReply.objects.all()]
    assert {reply.shortcut for reply in replies} >= {"hello", "thanks", "restart", "confirmation"}
    for reply in replies:
        reply.full_clean()
        assert reply.text
        assert reply.text_ar


def test_what_an_admin_has_made_is_not_added_to(seeded_beside_an_admins):
    assert [tag.name for tag in Tag.objects.all()] == ["Ours"]
    assert [reply.shortcut for reply in CannedReply.objects.all()] == ["ours"]
    assert [reason.name for reason in ClosingReason.objects.all()] == ["Ours"]
    assert not TrackingField.objects.exclude(name="Ours").exists()


@pytest.mark.parametrize("clock", ["00:10", "00:50", "12:00", "23:59"])
def test_past_begins_two_weeks_ago_and_ends_before_now(clock):
    now = timezone.make_aware(datetime.fromisoformat(f"2026-03-29T{clock}"))
    times = list(moments(now, random.Random(3)))
    assert times == sorted(times)
    assert times[0].date() == now.date() - timedelta(days=14)
    assert times[-1] <= now - timedelta(minutes=45)
