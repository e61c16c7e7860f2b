"""No page grows with what is stored: each list shows its first rows or a page of them, however many there are."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.join import join_session
from sessions_app.models import CannedReply, Consent, Participant, SupportSession
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.models import CsrPrivileges, User
from tests.factories import be_here, make_session
from tests.webacd.factories import make_agent, make_queue
from webacd.models import Agent, Queue, QueueEntry, QueueMembership, SupportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 260


@pytest.fixture
def crowd(policy, amal, dana, client):
    """A site with very much of everything, made in a few statements; dana is signed in."""
    number = range(MANY)
    users = User.objects.bulk_create(User(username=f"csr-{n}", first_name=f"Csr {n}") for n in number)
    CsrPrivileges.objects.bulk_create(CsrPrivileges(user=user) for user in users)
    agents = Agent.objects.bulk_create(Agent(user=user) for user in users)
    queues = Queue.objects.bulk_create(Queue(slug=f"queue-{n}", name=f"Queue {n}") for n in number)
    QueueMembership.objects.bulk_create(QueueMembership(queue=queues[0], agent=agent) for agent in agents)
    requests = SupportRequest.objects.bulk_create(
        SupportRequest(queue=queue, entry_queue=queue, name=f"Waiting {queue.pk}")
        for queue in [*queues, *[queues[0]] * MANY]
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(request=request, queue=request.queue, since=request.arrived_at) for request in requests
    )
    sessions = SupportSession.objects.bulk_create(
        SupportSession(number=f"{n:09}", key=f"key-{n}", starter=amal) for n in range(100_000_000, 100_000_000 + MANY)
    )
    here = [Participant(session=session, kind="csr", user=amal, name="Amal") for session in sessions]
    Participant.objects.bulk_create(here)
    client.force_login(dana)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "arguments", "row", "most"),
    [
        ("monitor", [], "data-key=", 225),
        ("monitor_region", ["queues"], 'data-key="queue-', 100),
        ("monitor_region", ["agents"], 'data-key="agent-', 100),
        ("monitor_region", ["waiting"], 'data-key="entry-', 25),
        ("monitor_queue", ["queue-0"], 'data-key="entry-', 50),
        ("monitoring", [], "data-key=", 50),
        ("monitoring_region", [], "data-key=", 50),
        ("reports", [], 'scope="row"', 50),
        ("settings_queues", [], 'scope="row"', 50),
        ("opening_hours", ["queue-0"], 'name="also"', 200),
    ],
)
def test_page_is_bounded(client, crowd, name, arguments, row, most):
    page = read(client, reverse(name, args=arguments))
    assert page.count(row) == most
    assert len(page) < 600_000


def test_home_is_bounded(client, crowd, amal):
    client.force_login(amal)
    page = read(client, "/")
    assert page.count('class="running__row"') == 50
    assert "Rows shown: 50. There are more." in page


def test_page_of_ones_own_replies_is_bounded(client, amal):
    CannedReply.objects.bulk_create(
        CannedReply(shortcut=f"r{n}", text="x" * 4000, text_ar="ن" * 4000, owner=amal) for n in range(60)
    )
    client.force_login(amal)
    page = read(client, reverse("replies"))
    assert page.count('scope="row"') == 50
    assert len(page) < 200_000


def test_every_open_session_is_on_a_page_of_the_monitoring(client, crowd):
    seen, at = [], ""
    while at is not None:
        page = client.get(reverse("monitoring"), {"open": at} if at else {}).context["page"]
        seen += [session.pk for session in page.rows]
        at = page.later["open"] if page.after is not None else None
    assert seen == sorted(SupportSession.objects.values_list("pk", flat=True))


def test_everyone_who_waits_is_on_a_page_of_the_queue(client, crowd):
    seen, address = [], "?"
    url = reverse("monitor_queue", args=["queue-0"])
    while address:
        context = client.get(url + address).context
        assert context["ahead"] == len(seen)
        seen += [entry.pk for entry in context["entries"]]
        address = f"?after={seen[-1]}" if context["entries"].has_more else ""
    expected = QueueEntry.objects.filter(queue__slug="queue-0").in_order().values_list("pk", flat=True)
    assert seen == list(expected)
    assert "Waiting" in client.get(url + "?after=x").content.decode()


def test_dialog_of_a_transfer_is_bounded(client, crowd, amal):
    make_agent(amal)
    QueueMembership.objects.create(queue=make_queue(), agent=amal.agent)
    amal.csr_privileges.multi_session = True
    amal.csr_privileges.save()
    session = make_session(amal)
    client.force_login(amal)
    for part in ("queues", "agents"):
        page = read(client, reverse("transfer_session", args=[session.key]) + f"?part={part}")
        assert page.count('class="choices__row"') == 200


def test_customer_sees_and_keeps_so_many_permissions(client, session):
    carol, seat = join_session(session, name="Carol")
    be_here(carol)
    Consent.objects.bulk_create(
        Consent(session=session, customer=carol, csr=session.primary, answer="declined") for _ in range(2_100)
    )
    client.cookies[seat_cookie(session.key)] = seat
    page = read(client, reverse("remote_support", args=[session.key]))
    assert page.count('class="ledger__row"') == 100
    receipt = read(client, reverse("save_receipt", args=[session.key]))
    assert receipt.count("declined") == 2_000
