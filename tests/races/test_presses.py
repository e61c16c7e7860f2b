"""One press that arrives several times at the same moment."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.models import Participant, SupportSession
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.models import SitePolicy
from tests.presses import Press
from tests.races.together import together
from tests.webacd.factories import make_queue
from webacd.models import LeftMessage, SupportRequest
from webacd.rules.places import place_cookie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
TIMES = 4


def test_joins_of_one_press_are_one_person(rounds):
    for scene in rounds():
        before = Participant.objects.count()
        press = Press(Client(), reverse("join"))
        answers = together(*[partial(press.send, number=scene.session.number, name="Omar")] * TIMES)
        assert len({answer.cookies[seat_cookie(scene.session.key)].value for answer in answers}) == 1
        assert Participant.objects.count() == before + 1


def test_entries_of_one_press_are_one_place():
    queue = make_queue("help")
    press = Press(Client(), reverse("queue_entry", args=[queue.slug]))
    answers = together(*[partial(press.send, name="Omar")] * TIMES)
    request = SupportRequest.objects.get()
    assert len({answer.cookies[place_cookie(request.key)].value for answer in answers}) == 1


def test_messages_of_one_press_are_one():
    press = Press(Client(), reverse("leave_message", args=[make_queue("help").slug]))
    leave = partial(press.send, name="Omar", email="omar@example.com", text="Call me.")
    assert [answer.status_code for answer in together(*[leave] * TIMES)] == [200] * TIMES
    assert LeftMessage.objects.count() == 1


def test_starts_of_one_press_are_one_session(rounds):
    SitePolicy.objects.create(pk=1, multi_session=True)
    for scene in rounds():
        scene.bilal.csr_privileges.multi_session = True
        scene.bilal.csr_privileges.save()
        browser = Client()
        browser.force_login(scene.bilal)
        press = Press(browser, reverse("start_session"))
        answers = together(*[press.send] * TIMES)
        session = SupportSession.objects.get(starter=scene.bilal)
        assert {answer["Location"] for answer in answers} == {reverse("dashboard", args=[session.key])}
