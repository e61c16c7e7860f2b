"""One folding for search: two ways of writing a word come out the same."""

import importlib
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import connection
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import User
from supportcenter.text.folding import fold
from tests.factories import make_customer, make_session
from tests.webacd.factories import make_agent, make_queue
from webacd.models import Agent, Queue

# What scripts fold is held to it too: tests/js/core/folding.test.js.
WRITTEN = json.loads((Path(__file__).parents[2] / "folding.json").read_text("utf-8"))


@pytest.mark.parametrize(("one", "other"), WRITTEN["alike"])
def test_two_ways_of_writing_are_one_word(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), WRITTEN["unlike"])
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


@pytest.mark.django_db
@pytest.mark.both_databases
class TestReports:
    @pytest.fixture
    def found(self, client, dana):
        client.force_login(dana)
        return lambda text: [line.session for line in client.get(reverse("reports"), {"text": text}).context["lines"]]

    @pytest.mark.parametrize("asked", ["احمد", "أحمد", "أَحْمَد", "احمـد ", "الخطيب", "ا\u0654حمد الخط", "الخطيب\u200f"])
    def test_a_name_is_found_however_it_is_written(self, found, session, bilal, asked):
        make_customer(session, "أحْمد الخطيب")
        make_customer(make_session(bilal), "سالم")
        assert found(asked) == [session]

    @pytest.mark.parametrize("asked", ["zoe", "ZOË", "Zoe\u0308", "lind"])
    def test_in_latin_letters_too(self, found, session, asked):
        make_customer(session, "Zoë Lind")
        assert found(asked) == [session]

    @pytest.mark.parametrize("asked", ["%", "_", "\\", "'", "100%"])
    def test_signs_are_only_signs(self, found, session, asked):
        # A drawn number may hold 100, which "100%" finds: signs between digits are only typing.
        SupportSession.objects.filter(pk=session.pk).update(number="482913657")
        make_customer(session, "Zoë Lind")
        assert found(asked) == []

    @pytest.mark.parametrize("asked", ["\u200f", "ـ", "\u064e"])
    def test_what_folds_to_nothing_finds_nothing(self, found, session, asked):
        make_customer(session, "Zoë Lind")
        assert found(asked) == []

    def test_an_erased_name_is_not_found(self, found, session, dana):
        carol = make_customer(session, "Carol Lind")
        end_session(session, by=session.primary)
        erase_customer(session, carol, by=dana)
        assert found("lind") == []
        assert Participant.objects.get(pk=carol.pk).folded_name == ""

    def test_names_from_before_are_folded_by_the_migration(self, found, session, monkeypatch):
        migration = importlib.import_module("sessions_app.migrations.0008_folded_name")
        make_customer(session, "أحمد")
        Participant.objects.update(folded_name="")
        assert found("احمد") == []
        monkeypatch.setattr(migration, "AT_ONCE", 1)
        migration.fold_names(apps, SimpleNamespace(connection=connection))
        assert found("احمد") == [session]


@pytest.mark.django_db
def test_the_admins_lists_fold_too(rf, dana, amal):
    User.objects.filter(pk=amal.pk).update(first_name="أحمد")
    make_agent(amal)
    queue = make_queue()
    Queue.objects.filter(pk=queue.pk).update(name_ar="الفوترة")
    request = rf.get("/")
    request.user = dana
    for model, asked in ((User, "احمد amal"), (Agent, "احمد"), (Queue, "الفوتره")):
        found, _ = site.get_model_admin(model).get_search_results(request, model.objects.all(), asked)
        assert len(found) == 1
        none, _ = site.get_model_admin(model).get_search_results(request, model.objects.all(), "سالم")
        assert not none
