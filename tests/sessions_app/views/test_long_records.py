"""The record of a session of any length: its page is bounded, and every row is on one of its pages."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.activities.activities import start_activity
from sessions_app.models import ChatMessage, Consent, FileTransfer, Participant
from sessions_app.views.record import LISTS
from supportcenter.live.models import Event, EventStream

pytestmark = pytest.mark.django_db
MANY = 450
PAGE = 200
SECTION = re.compile(r".*?</section>", re.DOTALL)


@pytest.fixture
def look(client, session, amal):
    client.force_login(amal)
    return lambda query="": client.get(f"/sessions/{session.key}/record/{query}")


@pytest.fixture
def long_session(session, carol):
    """So much in each of its lists, without the ceremony of saying it line by line."""
    primary, number = session.primary, range(MANY)
    activity = start_activity(session, "voice", by=primary)
    stream = EventStream.objects.get(name=session.stream)
    seqs = [stream.next_seq() for _ in number]
    stream.save()
    ChatMessage.objects.bulk_create(
        ChatMessage(session=session, participant=carol, client_id=f"c{n}", text=f"line <{n}>") for n in number
    )
    Event.objects.bulk_create(
        Event(stream=stream, seq=seq, follows=seq - 1, type="customer.switched", data={"participant": carol.pk},
              actor_key=primary.event_key, actor_name="Amal", at=session.started_at)
        for seq in seqs
    )  # fmt: skip
    Participant.objects.bulk_create(
        Participant(session=session, kind="customer", name=f"Guest {n}", seat_hash=f"hash {n}",
                    left_at=session.started_at, left_reason="left")
        for n in number
    )  # fmt: skip
    FileTransfer.objects.bulk_create(
        FileTransfer(session=session, activity=activity, sender=carol, receiver=primary, name=f"{n}.txt", size=1)
        for n in number
    )
    Consent.objects.bulk_create(
        Consent(session=session, customer=carol, csr=primary, answer="declined") for _ in number
    )
    return session


def rows_on(response):
    """How many rows each list of the page has."""
    page = response.content.decode()
    shown = {"lines": "record-chat__line ", "events": "timeline__line", "people": '"record-person"'}
    counts = {name: page.count(mark) for name, mark in shown.items()}
    return counts | {"files": page.count('class="record-file"'), "consents": page.count("declined at ")}


def test_page_of_a_long_record_is_bounded(look, long_session):
    response = look()
    assert rows_on(response) == dict.fromkeys(["lines", "events", "people", "files", "consents"], PAGE)
    assert len(response.content) < 500_000
    # What once asked for everything is an address that says nothing.
    assert rows_on(look("?everything=1")) == rows_on(response)


def test_every_line_is_on_one_page_whichever_way_one_reads(look, long_session):
    def texts(response):
        return re.findall(r"line &lt;(\d+)&gt;", response.content.decode())

    def follow(rel, response):
        nav = response.content.decode().split('aria-labelledby="record-chat"')[2].split("</nav>")[0]
        link = re.search(rf'rel="{rel}" href="([^"#]*)#record-chat"', nav)
        return look(link[1].replace("&amp;", "&")) if link else None

    forward, response = [], look("?events=end")
    while response:
        forward += texts(response)
        assert response.context["record"].pages["events"].after is None
        response = follow("next", response)
    assert forward == [str(n) for n in range(MANY)]
    backward, response = [], look("?lines=end")
    while response:
        backward = texts(response) + backward
        response = follow("prev", response)
    assert backward == forward


def test_page_does_not_shift_when_more_is_said(look, long_session, carol):
    last = ChatMessage.objects.order_by("pk")[PAGE - 1].pk
    before = look(f"?lines=after-{last}").context["record"].conversations
    ChatMessage.objects.create(session=long_session, participant=carol, client_id="new", text="new")
    assert look(f"?lines=after-{last}").context["record"].conversations == before


@pytest.mark.parametrize("at", ["after-", "before-x", "after-" + "9" * 5000, "-1", "end-", "nonsense", "after-0"])
def test_page_that_is_none_is_the_beginning(look, long_session, at):
    response = look(f"?lines={at}&events={at}&people={at}")
    assert response.status_code == 200
    assert "line &lt;0&gt;" in response.content.decode()


def test_pages_beyond_either_end_lead_back(look, long_session):
    page = look("?lines=after-999999999").context["record"].pages["lines"]
    assert (page.rows, page.after, page.before) == ([], None, 1_000_000_000)
    page = look("?lines=before-1").context["record"].pages["lines"]
    assert (page.rows, page.before, page.after) == ([], None, 0)


def test_long_record_costs_the_same_queries(look, session, carol, request):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            look("?lines=end")
        return len(captured)

    look()
    short = queries()
    request.getfixturevalue("long_session")
    # One more for those whom its rows name and its page of people does not, and whether a conversation went before.
    assert queries() <= short + 2


def test_line_between_conversations_is_drawn_where_a_page_begins(look, long_session):
    later = ChatMessage.objects.order_by("pk")[PAGE:]
    ChatMessage.objects.filter(pk__in=[line.pk for line in later]).update(conversation=2)
    said = "This conversation was closed"
    assert said not in look().content.decode()
    assert look(f"?lines=after-{later[0].pk - 1}").content.decode().count(said) == 1
    assert said not in look(f"?lines=after-{later[0].pk}").content.decode()


def test_whole_record_is_a_file(client, look, long_session):
    answer = client.get(f"/sessions/{long_session.key}/record.csv")
    head, *rows = csv.reader(io.StringIO(b"".join(answer).decode().lstrip("\ufeff")))
    assert head == ["Time", "Name", "What happened", "Chat"]
    assert [row[1:] for row in rows if row[3]] == [["Carol", "", f"line <{n}>"] for n in range(MANY)]
    # One when she joined.
    assert sum("current customer" in row[2] for row in rows) == MANY + 1
    assert not any("<bdi" in row[2] for row in rows)


def test_whole_record_is_for_who_may_read_it(client, session, eve, faris):
    for user in (eve, faris):
        client.force_login(user)
        assert client.get(f"/sessions/{session.key}/record.csv").status_code == 404


def test_link_to_a_line_finds_its_page(look, long_session):
    line = ChatMessage.objects.order_by("pk")[300]
    answer = look(f"?line={line.pk}&files=end")
    assert answer["Location"] == f"/sessions/{long_session.key}/record/?files=end&lines=at-{line.pk}#line-{line.pk}"

    shown = look(answer["Location"].partition("record/")[2].partition("#")[0])
    assert f'id="line-{line.pk}"' in shown.content.decode()
    page = shown.context["record"].pages["lines"]
    assert [row.text for row in (page.rows[0], page.rows[-1])] == ["line <200>", "line <399>"]
    assert (page.before, page.after) == (page.rows[0].pk, page.rows[-1].pk)


@pytest.mark.parametrize(("number", "first", "last"), [(0, 0, 99), (3, 0, 102), (449, 349, 449)])
def test_line_near_either_end_has_what_there_is_around_it(look, long_session, number, first, last):
    line = ChatMessage.objects.order_by("pk")[number]
    page = look(f"?lines=at-{line.pk}").context["record"].pages["lines"]
    assert [row.text for row in (page.rows[0], page.rows[-1])] == [f"line <{first}>", f"line <{last}>"]
    assert (page.before is None, page.after is None) == (first == 0, last == MANY - 1)


def test_link_to_an_event_finds_its_page(look, long_session):
    seq = Event.objects.filter(stream__name=long_session.stream, type="customer.switched").order_by("seq")[300].seq
    answer = look(f"?event={seq}")
    assert answer["Location"].endswith(f"/record/?events=at-{seq}#event-{seq}")
    assert f'id="event-{seq}"' in look(f"?events=at-{seq}").content.decode()


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 5000])
def test_link_to_what_is_no_line_is_the_record(look, session, number):
    assert look(f"?line={number}").status_code == 200


def test_line_is_linked_to_for_who_may_read_it(client, session, eve):
    client.force_login(eve)
    assert client.get(f"/sessions/{session.key}/record/?line=1").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_list_alone_is_as_on_the_page_and_costs_few_queries(client, look, long_session, name):
    place = f"?{name}=end"
    section = SECTION.search(look(place).content.decode().partition(f'data-list="{name}"')[2])
    with CaptureQueriesContext(connection) as asked:
        alone = client.get(f"/sessions/{long_session.key}/record/{name}/{place}")
    assert alone.content.decode().partition(f'data-list="{name}"')[2].rstrip() == section[0]
    # Who reads, the session, who is in it, whether they may; the list, whom it names, and what is special about it.
    assert len(asked) <= 8, [one["sql"] for one in asked]


def test_list_that_there_is_not_is_not_found(client, look, session):
    look()
    assert client.get(f"/sessions/{session.key}/record/nothing/").status_code == 404
