"""A shell or a command beside `serve`, without Redis, tells it by rows of jobs."""

import pytest

from supportcenter.embedded_backplane import MOST_WAITING, TELL, deliver, tell_through_jobs
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.delivery.hub import Hub, hub
from supportcenter.live.delivery.messages import CloseMessage, GapMessage, RightsMessage, SignedOutMessage
from supportcenter.live.delivery.transport import send_signal
from tests.realtime import in_database, open_page
from tests.supportcenter.live.conftest import STREAM, StreamConsumer, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shell(monkeypatch):
    """This process is one that no page connects to."""
    monkeypatch.setattr(hub, "serves", False)


def told():
    return list(Job.objects.filter(kind=TELL).order_by("pk").values_list("payload__message", flat=True))


def test_events_of_a_stream_leave_one_row(shell):
    for stream in ("inbox.7", "inbox.7", "inbox.8"):
        tell(stream=stream)
    assert told() == [["gap", "inbox.7"], ["gap", "inbox.8"]]


def test_a_row_that_is_being_delivered_does_not_stand_for_what_happens_now(shell):
    tell(stream="inbox.7")
    Job.objects.update(lease_until="2999-01-01T00:00Z")
    tell(stream="inbox.7")
    assert told() == [["gap", "inbox.7"]] * 2


def test_what_is_not_in_the_log_goes_as_it_is_and_what_fleets_does_not_go(shell):
    hub.publish(CloseMessage(STREAM, "participant.7", 4410))
    hub.publish(RightsMessage(None, 7))
    hub.publish(SignedOutMessage(None, "digest"))
    send_signal("monitoring", None, "sessions.changed", {}, None)
    send_signal(STREAM, "participant.7", "typing", True, None)
    assert [name for name, *_ in told()] == ["gap", "rights", "signed_out", "signal"]


def test_rows_that_wait_are_bounded(shell):
    for number in range(MOST_WAITING + 5):
        tell_through_jobs(GapMessage(f"session.{number}"))
    assert len(told()) == MOST_WAITING + 1
    assert told()[-1] == ["gap", None]


def test_a_process_with_pages_of_its_own_adds_no_rows():
    tell()
    assert told() == []
    assert Hub().elsewhere is None


async def test_page_hears_what_a_shell_has_recorded(app, monkeypatch):
    async with open_page(app, "/staff/amal/") as page:
        # Live from here on: what it hears later it has not found by reading the log.
        await in_database(tell)
        assert (await page.next_event())["type"] == "chat.said"

        await in_database(record_in_a_shell, monkeypatch)
        await page.expect_nothing_more()

        await in_database(run_due)
        assert (await page.next_event())["type"] == "chat.said"


def record_in_a_shell(monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(hub, "publish", tell_through_jobs)
        tell()


@pytest.fixture
def app():
    return StreamConsumer.as_asgi()


def test_unknown_message_fails_its_job_and_no_more(db):
    with pytest.raises(ValueError, match="of-tomorrow"):
        deliver(["of-tomorrow", None])
