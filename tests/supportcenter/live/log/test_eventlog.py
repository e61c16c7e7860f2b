import threading

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from supportcenter.live.log.eventlog import Draft, event_recorded, events_after, position, record, record_all
from supportcenter.live.models import Audience, Event, EventStream
from tests.supportcenter.live.conftest import STREAM, tell

in_transactions = pytest.mark.django_db(transaction=True)


def tell_and_fail():
    with transaction.atomic():
        record(STREAM, Draft("chat.said"))
        raise ZeroDivisionError


def seqs(stream=STREAM, after=0, audience=Audience.STAFF):
    return [event.seq for event in events_after(stream, after, audience=audience)]


def test_record_keeps_what_happened_and_who_did_it(amal):
    event = tell("chat.said", by=amal, text="hello")

    kept = Event.objects.get()
    assert kept == event
    assert (kept.stream_name, kept.seq, kept.follows) == (STREAM, 1, 0)
    assert (kept.type, kept.data, kept.audience) == ("chat.said", {"text": "hello"}, "everyone")
    assert (kept.actor_key, kept.actor_name) == (amal.event_key, "Amal")


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("audience", [Audience.EVERYONE, Audience.STAFF])
def test_stream_that_was_read_before_is_not_read_again_unless_it_has_moved(audience):
    tell("participant.joined")
    first, second = EventStream.objects.get(), EventStream.objects.get()

    for times_it_has_moved, seen in enumerate((first, second)):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            event = record(STREAM, Draft("chat.said", audience=audience), seen=seen)
        # The claim that failed, and then what is done without a reading.
        assert len([one for one in asked if "live_" in one["sql"]]) == (4 if times_it_has_moved else 2)
        kept = EventStream.objects.get()
        assert (event.seq, kept.last_seq) == (2 + times_it_has_moved,) * 2
        assert kept.last_everyone_seq == (event.seq if audience == Audience.EVERYONE else 1)
    assert seqs() == [1, 2, 3]


@pytest.mark.django_db
def test_record_by_the_site_has_no_actor():
    event = tell("session.quiet")

    assert (event.actor_key, event.actor_name) == ("", "")


@pytest.mark.django_db
def test_record_numbers_each_stream_by_itself():
    tell(), tell(stream="inbox.1"), tell()

    assert (seqs(), seqs("inbox.1")) == ([1, 2], [1])
    assert (position(STREAM), position("inbox.1"), position("inbox.2")) == (2, 1, 0)


@pytest.mark.both_databases
@pytest.mark.django_db
def test_record_all_numbers_each_stream_as_record_does():
    tell(), tell(audience="staff")
    news = [("inbox.9", Draft("offer.made")), (STREAM, Draft("chat.said")), (STREAM, Draft("note", audience="staff"))]
    recorded = record_all([*news, ("inbox.10", Draft("offer.made"))])
    tell()

    assert [(event.stream_name, event.seq, event.follows) for event in recorded] == [
        ("inbox.9", 1, 0),
        (STREAM, 3, 1),
        (STREAM, 4, 3),
        ("inbox.10", 1, 0),
    ]
    for_customer = events_after(STREAM, 0, audience=Audience.EVERYONE)
    assert [(event.seq, event.after(Audience.EVERYONE)) for event in for_customer] == [(1, 0), (3, 1), (5, 3)]
    assert (seqs(), position("inbox.9")) == ([1, 2, 3, 4, 5], 1)


@pytest.mark.django_db
def test_record_all_costs_the_same_for_many_as_for_two():
    many = [(f"inbox.{number}", Draft("offer.made")) for number in range(40)]
    record_all(many)
    with CaptureQueriesContext(connection) as two:
        record_all(many[:2])
    with CaptureQueriesContext(connection) as all_of_them:
        record_all(many)

    assert len(all_of_them) == len(two)
    assert seqs("inbox.0") == [1, 2, 3]


@pytest.mark.django_db
def test_record_all_costs_the_same_for_many_new_streams_as_for_two():
    with CaptureQueriesContext(connection) as two:
        record_all([(f"inbox.{number}", Draft("offer.made")) for number in range(2)])
    with CaptureQueriesContext(connection) as many:
        record_all([(f"inbox.{number}", Draft("offer.made")) for number in range(2, 40)])

    assert len(many) == len(two)
    assert (seqs("inbox.0"), seqs("inbox.39")) == ([1], [1])


@in_transactions
def test_record_is_refused_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        record(STREAM, Draft("chat.said"))
    with pytest.raises(TransactionManagementError):
        record_all([(STREAM, Draft("chat.said"))])

    assert not EventStream.objects.exists()


@in_transactions
def test_record_leaves_no_hole_when_rolled_back():
    tell()
    with pytest.raises(ZeroDivisionError):
        tell_and_fail()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            tell_and_fail()
        record(STREAM, Draft("chat.said"))

    assert seqs() == [1, 2]


@pytest.mark.django_db
def test_events_after_withholds_staff_events_and_names_what_each_follows():
    for audience in ("everyone", "staff", "staff", "everyone"):
        tell(audience=audience)

    for_customer = events_after(STREAM, 0, audience=Audience.EVERYONE)
    assert [(event.seq, event.after(Audience.EVERYONE)) for event in for_customer] == [(1, 0), (4, 1)]
    for_staff = events_after(STREAM, 2, audience=Audience.STAFF)
    assert [(event.seq, event.after(Audience.STAFF)) for event in for_staff] == [(3, 2), (4, 3)]


@in_transactions
def test_event_recorded_is_sent_on_commit_and_only_then():
    heard = []

    def listen(event, **kwargs):
        heard.append((event.seq, connection.in_atomic_block))

    event_recorded.connect(listen)
    try:
        with transaction.atomic():
            record(STREAM, Draft("chat.said"))
            assert heard == []
        assert heard == [(1, False)]
        with pytest.raises(ZeroDivisionError):
            tell_and_fail()
        assert heard == [(1, False)]
    finally:
        event_recorded.disconnect(listen)


@in_transactions
def test_record_by_many_threads_numbers_without_hole_or_double_even_on_a_new_stream():
    threads, each = 8, 10
    start = threading.Barrier(threads)
    committed, failed = [], []

    def work(number):
        try:
            start.wait()
            for turn in range(each):
                event = tell(audience="staff" if (number + turn) % 3 == 0 else "everyone")
                committed.append(event.seq)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

    assert failed == []
    assert sorted(committed) == seqs() == list(range(1, threads * each + 1))
    for_everyone = events_after(STREAM, 0, audience=Audience.EVERYONE)
    assert [event.follows for event in for_everyone] == [0, *(event.seq for event in for_everyone)][:-1]


@in_transactions
def test_numbers_appear_in_order_since_the_second_writer_waits_for_the_commit_of_the_first():
    recorded, second_started = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            record(STREAM, Draft("first"))
            recorded.set()
            second_started.wait(10)
        connection.close()

    def second():
        recorded.wait(10)
        second_started.set()
        tell("second")
        connection.close()

    tell("before")
    workers = [threading.Thread(target=first), threading.Thread(target=second)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

    assert [(event.seq, event.type) for event in events_after(STREAM, 1, audience="staff")] == [
        (2, "first"),
        (3, "second"),
    ]
