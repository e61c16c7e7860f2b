"""What is kept is what Django makes of the same function with the values themselves, now and on this database."""

import gc
import threading
import weakref
from datetime import UTC, datetime
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import F
from django.db.models.signals import post_save
from django.db.models.sql import UpdateQuery
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

import invitations
import sessions_app
import supportcenter
import webacd
from sessions_app.models import ChatMessage, Participant, SupportSession
from sessions_app.rules.seats import _csr as csr_in_session
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.sign_in import _with_key as account_with_key
from supportcenter.jobs.models import Job
from supportcenter.kept_sql import KeptRows, KeptUpdate, KeptValues, OneOf, insert, kept_rows
from supportcenter.live.models import Event, EventStream

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

EXAMPLES = {
    "str": "a word",
    "int": 7,
    "bool": True,
    "datetime": datetime(2026, 3, 1, tzinfo=UTC),
    "list[int]": [7, 8],
    "list[str]": ["a word", "another"],
}
LAYERS = ("actions", "queries", "rules", "models", "log", "outbox", "accounts", "mail")


def everything_kept():
    found = {}
    for package in (supportcenter, sessions_app, invitations, webacd):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if any(part in LAYERS for part in module.name.split(".")):
                for name, thing in vars(import_module(module.name)).items():
                    if isinstance(thing, KeptRows | KeptUpdate | KeptValues):
                        found[id(thing)] = pytest.param(thing, id=f"{thing.make.__module__}.{name}")
    return list(found.values())


def values_for(kept):
    return {name: EXAMPLES[_as_text(one.annotation)] for name, one in signature(kept.make).parameters.items()}


def _as_text(annotation):
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


@pytest.mark.parametrize("kept", everything_kept())
def test_statement_is_what_django_makes_of_the_values(kept):
    values = values_for(kept)
    with transaction.atomic():
        made = kept.make(**values)
        if isinstance(kept, KeptUpdate):
            query = made[0].query.chain(UpdateQuery)
            query.add_update_values(made[1])
            statement = kept.made()[0]
        else:
            query, statement = made.query, kept.made()[0].statement

        assert (statement.sql, statement.filled(values, connection)) == _as_list(
            query.get_compiler(connection=connection).as_sql()
        )


def _as_list(made):
    return made[0], list(made[1])


@pytest.mark.parametrize("kept", [one for one in everything_kept() if not isinstance(one.values[0], KeptUpdate)])
def test_rows_are_read_as_django_reads_them(kept, django_assert_num_queries):
    values = values_for(kept)
    with transaction.atomic(), django_assert_num_queries(2):
        assert kept(**values) == list(kept.make(**values))


def test_row_has_what_is_read_along_with_it(session, amal):
    values = {"key": session.key, "user": amal.pk}
    kept, now = csr_in_session.get(**values), csr_in_session.make(**values).get()

    assert vars(kept).keys() == vars(now).keys()
    assert [getattr(kept, one.attname) for one in Participant._meta.concrete_fields] == [
        getattr(now, one.attname) for one in Participant._meta.concrete_fields
    ]
    assert (kept.session, kept.session.started_at, kept.position) == (now.session, now.session.started_at, now.position)
    assert not kept._state.adding


def test_row_without_the_one_that_is_read_along(dana, eve, amal, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert account_with_key.get(key=eve.pk).privileges is None
        assert account_with_key.get(key=amal.pk).privileges == amal.csr_privileges


def test_nothing_found_is_the_models_own_exception():
    assert account_with_key.first(key=404) is None
    with pytest.raises(User.DoesNotExist):
        account_with_key.get(key=404)


def test_none_is_refused_as_a_value():
    with pytest.raises(TypeError, match="key"):
        account_with_key.first(key=None)


def test_statement_is_made_once(amal):
    made = []

    @kept_rows
    def people(*, key: int):
        made.append(key)
        return User.objects.filter(pk=key)

    assert [people.first(key=amal.pk), people.first(key=404), people.first(key=amal.pk)] == [amal, None, amal]
    assert len(made) == 1


@pytest.mark.parametrize("found", [["amal", "dana"], ["eve"], []])
def test_one_of_many_is_any_number_of_them(amal, dana, eve, found):
    names = [*found, 'it\'s "nobody", {}']
    people = User.objects.filter(OneOf(F("username"), names)).order_by("username")

    assert [one.username for one in people] == found
    assert people.query.get_compiler(connection=connection).as_sql()[0].count("%s") == 1


def test_one_of_none_is_no_row_and_takes_no_query(amal, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not User.objects.filter(OneOf(F("pk"), [])).exists()


def test_statement_goes_with_the_connection_of_its_thread(amal):
    gone = []

    def ask():
        account_with_key.made()
        gone.append(weakref.ref(connections["default"]))
        connections["default"].close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()
    assert [one() for one in gone] == [None]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_row_is_locked_in_a_transaction_alone(session):
    with transaction.atomic():
        session.locked()
    with pytest.raises(TransactionManagementError):
        session.locked()


def new_message(session, **more):
    return ChatMessage(session=session, participant=session.primary, client_id="1", text="Hello", **more)


@pytest.mark.parametrize("model", [ChatMessage, Event, Job])
def test_insert_is_the_statement_that_saving_makes(session, model):
    stream = EventStream.objects.create(name="a stream")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    rows = {
        ChatMessage: lambda: new_message(session, at=at),
        Event: lambda: Event(stream=stream, seq=1, follows=0, type="a", data={"at": at, "words": ["é", None]}, at=at),
        Job: lambda: Job(kind="a", payload={"of": 1}, due=at),
    }
    with CaptureQueriesContext(connection) as asked:
        saved = rows[model]()
        saved.save(force_insert=True)
    saved.delete()
    with CaptureQueriesContext(connection) as kept:
        row = insert(rows[model]())

    assert [one["sql"] for one in kept] == [one["sql"] for one in asked]
    assert model.objects.get(pk=row.pk) == row
    assert not row._state.adding


def test_insert_tells_who_listens(session):
    heard = []

    def hear(instance, created, **_more):
        heard.append((instance, created))

    post_save.connect(hear, sender=ChatMessage)
    try:
        message = insert(new_message(session))
    finally:
        post_save.disconnect(hear, sender=ChatMessage)

    assert heard == [(message, True)]


def test_failed_insert_spoils_the_transaction_as_a_failed_save_does(session):
    insert(new_message(session))
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(new_message(session))
        with pytest.raises(TransactionManagementError):
            SupportSession.objects.exists()


def test_policy_is_made_if_it_is_not_there():
    SitePolicy.objects.all().delete()

    assert SitePolicy.current() == SitePolicy.objects.get()
