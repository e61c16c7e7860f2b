"""Activities and consents over HTTP, asked by CSRs and customers."""

import pytest
from django.urls import reverse

from sessions_app.actions.activities.activities import report_running, start_activity, stop_activity
from sessions_app.actions.activities.consent import give_consent
from sessions_app.models import Activity
from supportcenter.live.models import Event
from tests.factories import latest, make_assistant, make_session, types
from tests.sessions_app.views.asking import ask, send

pytestmark = pytest.mark.django_db


def test_asking_allowing_running_stopping(desk, seat, session, carol):
    asked = send(desk, "request_activity", session, kind="view_desktop").json()
    assert asked == {"activity": asked["activity"], "state": "requested"}
    pk = asked["activity"]

    assert send(seat, "allow_activity", session, pk).json()["state"] == "allowed"
    assert send(seat, "customer_running", session, pk, surface="window", label="Private").json()["state"] == "running"
    assert Activity.objects.get(pk=pk).details == {"surface": "window"}

    assert send(desk, "stop_activity", session, pk).json()["state"] == "stopped"
    assert latest(session)[-1][1]["reason"] == "stopped"


def test_declining_and_allowing_everything(desk, seat, session, carol):
    declined = ask(session, carol)
    assert send(seat, "decline_activity", session, declined.pk).json()["state"] == "stopped"

    send(seat, "allow_activity", session, ask(session, carol).pk, standing="yes")
    assert ask(session, carol, "video").state == "allowed"
    send(seat, "withdraw_consent", session)
    assert types(session).count("consent.withdrawn") == 1


def test_a_reason_for_declining_is_told_to_staff_and_kept(desk, seat, session, carol):
    offered, own, silent = ask(session, carol), ask(session, carol, "video"), ask(session, carol, "view_application")
    send(seat, "decline_activity", session, offered.pk, reason="private")
    send(seat, "decline_activity", session, own.pk, reason="  My <b>bank</b>\u202e\nis open ")
    send(seat, "decline_activity", session, silent.pk)

    told = Event.objects.filter(type="consent.explained").order_by("seq")
    assert [(event.data["activity"], event.data["reason"], event.audience) for event in told] == [
        (offered.pk, "private", "staff"),
        (own.pk, "My <b>bank</b> is open", "staff"),
    ]
    page = desk.get(reverse("record", args=[session.key])).content.decode()
    assert '<q dir="auto">It is private</q>' in page
    assert '<q dir="auto">My &lt;b&gt;bank&lt;/b&gt; is open</q>' in page
    assert "a reason for declining: “It is private”." in page
    ledger = seat.get(reverse("customer_region", args=[session.key, "customer_status"])).content.decode()
    assert ledger.count("ledger__reason") == 2


def test_a_reason_that_is_too_long_is_refused_and_not_cut(seat, session, carol):
    asked = ask(session, carol)
    refused = send(seat, "decline_activity", session, asked.pk, reason="x" * 121)
    assert refused.json()["error"]["code"] == "message_refused"
    asked.refresh_from_db()
    assert asked.state == "requested"
    assert send(seat, "decline_activity", session, asked.pk, reason="x" * 120).json()["state"] == "stopped"


def test_customer_who_answers_a_call_has_that_on_record_once(seat, session, carol):
    call = start_activity(session, "voice", by=session.primary)
    for _again in range(2):
        assert send(seat, "answer_call", session, call.pk).json()["state"] == "running"
    told = [data for event, data in latest(session) if event == "consent.answered"]
    assert [(each["activity"], each["answer"]) for each in told] == [(call.pk, "allowed")]

    send(seat, "customer_stop_activity", session, call.pk)
    stop_activity(session, call, by=session.primary)
    assert send(seat, "answer_call", session, call.pk).json()["error"]["code"] == "request_over"


def test_customer_who_declines_a_call_has_that_on_record_once(seat, session, carol):
    call = start_activity(session, "voice", by=session.primary)
    for _again in range(2):
        assert send(seat, "customer_decline_call", session, call.pk).json()["state"] == "running"
    told = [data for event, data in latest(session) if event == "consent.answered"]
    assert [(each["customer"], each["activity"], each["answer"]) for each in told] == [(carol.pk, call.pk, "declined")]

    # Minds change.
    send(seat, "answer_call", session, call.pk)
    assert list(carol.consents_given.values_list("answer", flat=True)) == ["declined", "allowed"]


def test_assistant_who_declines_a_call_is_on_record_once(client, bilal, session):
    assistant = make_assistant(session, bilal)
    client.force_login(bilal)
    call = start_activity(session, "voice", by=session.primary)
    for _again in range(2):
        assert send(client, "decline_call", session, call.pk).json()["state"] == "running"
    told = [data for event, data in latest(session) if event == "call.declined"]
    assert told == [{"activity": call.pk, "participant": assistant.pk, "name": assistant.name}]


def test_a_call_that_is_over_or_ones_own_cannot_be_declined(desk, seat, session, carol):
    call = start_activity(session, "voice", by=session.primary)
    assert send(desk, "decline_call", session, call.pk).json()["error"]["code"] == "not_yours"
    video = start_activity(session, "video", by=session.primary)
    assert send(seat, "customer_decline_call", session, video.pk).json()["error"]["code"] == "request_over"
    stop_activity(session, call, by=session.primary)
    assert send(seat, "customer_decline_call", session, call.pk).json()["error"]["code"] == "request_over"


def test_own_screen_starts_with_what_was_really_chosen(desk, session, carol):
    send(desk, "start_activity", session, kind="share_desktop", surface="monitor")
    assert Activity.objects.get().details == {"surface": "monitor"}

    send(desk, "start_activity", session, kind="share_application", surface="<b>")
    assert Activity.objects.latest("pk").details == {}


def test_browsers_no_is_told_with_its_reason(seat, session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)

    send(seat, "customer_stop_activity", session, activity.pk, failure="dismissed")

    told = latest(session)[-1][1]
    assert (told["reason"], told["failure"]) == ("failed", "dismissed")


def test_reason_of_failure_is_the_owners_to_tell(desk, session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)

    send(desk, "stop_activity", session, activity.pk, failure="denied")

    told = latest(session)[-1][1]
    assert told["reason"] == "stopped"
    assert "failure" not in told


def test_choosing_again_after_a_reload_is_told(session, carol):
    activity = ask(session, carol)
    give_consent(session, activity, by=carol)
    report_running(session, activity, details={"surface": "window"}, by=carol)
    report_running(session, activity, details={"surface": "monitor"}, by=carol)

    started = [data["details"] for event, data in latest(session) if event == "activity.started"]
    assert started == [{"surface": "window"}, {"surface": "monitor"}]


@pytest.mark.parametrize("kind", ["teleport", ""])
def test_unknown_kind_is_not_found(desk, session, carol, kind):
    assert send(desk, "request_activity", session, kind=kind).status_code == 404


def test_asking_nobody_is_refused(desk, session):
    answer = send(desk, "request_activity", session, kind="view_desktop")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_participant")


def test_activity_of_another_session_is_not_found(seat, session, carol, bilal):
    other = make_session(bilal)
    elsewhere = start_activity(other, "voice", by=other.primary)
    assert send(seat, "customer_stop_activity", session, elsewhere.pk).status_code == 404


def test_strangers_find_nothing(client, session, carol, eve):
    client.force_login(eve)
    for name in ("csr_ice", "customer_ice"):
        assert client.get(reverse(name, args=[session.key])).status_code == 404
    assert send(client, "request_activity", session, kind="view_desktop").status_code == 404
    assert send(client, "withdraw_consent", session).status_code == 404


def test_changes_are_posts(desk, session):
    for name in ("request_activity", "start_activity"):
        assert desk.get(reverse(name, args=[session.key])).status_code == 405
