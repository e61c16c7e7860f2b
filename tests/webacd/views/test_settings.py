"""Settings of queues: their hours, and copying them."""

from datetime import time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from supportcenter.refusals import Refused
from tests.webacd.factories import join_queue, make_queue
from webacd.actions.opening_hours import set_opening_hours
from webacd.models import OpeningHours, Queue
from webacd.models.opening import OpeningSpan

pytestmark = pytest.mark.django_db
MORNING = OpeningSpan(0, time(9), time(12))


@pytest.fixture
def admin(client, policy, dana, queue):
    client.force_login(dana)
    return client


def hours_of(queue):
    return [OpeningSpan(each.weekday, each.opens, each.closes) for each in queue.opening_hours.all()]


def post(client, queue, **fields):
    return client.post(reverse("opening_hours", args=[queue.slug]), {"shown": queue.hours_as_text, **fields})


def test_hours_are_set_and_copied(admin, queue):
    billing = make_queue("billing", time_zone="Asia/Amman")
    OpeningHours.objects.create(queue=billing, weekday=6, opens=time(1), closes=time(2))
    fields = {"opens-0-0": "09:00", "closes-0-0": "12:00", "opens-0-1": "13:00", "closes-0-1": "17:00"}
    night = {"opens-4-0": "22:00", "closes-4-0": "02:00"}
    assert post(admin, queue, **fields, **night, also=billing.pk).status_code == 302
    wanted = [MORNING, OpeningSpan(0, time(13), time(17)), OpeningSpan(4, time(22), time(2))]
    assert hours_of(queue) == hours_of(billing) == wanted
    billing.refresh_from_db()
    assert billing.time_zone == "Asia/Amman"
    assert LogEntry.objects.count() == 2


def test_form_shows_the_hours_there_are_and_saving_it_changes_nothing(admin, queue):
    for span in [MORNING, OpeningSpan(0, time(13), time(14)), OpeningSpan(0, time(15), time(16))]:
        OpeningHours.objects.create(queue=queue, **span._asdict())
    before = hours_of(queue)
    form = admin.get(reverse("opening_hours", args=[queue.slug])).context["form"]
    shown = {name: f"{value:%H:%M}" for name, value in form.initial.items() if isinstance(value, time)}
    assert shown["closes-0-2"] == "16:00"
    assert post(admin, queue, **shown).status_code == 302
    assert hours_of(queue) == before


def test_without_hours_the_queue_is_always_open(admin, queue):
    OpeningHours.objects.create(queue=queue, **MORNING._asdict())
    assert post(admin, queue).status_code == 302
    assert hours_of(queue) == []
    assert "Always open" in admin.get(reverse("settings_queues")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"opens-2-0": "09:00"}, "closes-2-0", "Enter both times, or neither."),
        ({"closes-2-0": "09:00"}, "closes-2-0", "Enter both times, or neither."),
        ({"opens-2-0": "nine", "closes-2-0": "10:00"}, "opens-2-0", "Enter a valid time."),
        (
            {"opens-2-0": "09:00", "closes-2-0": "12:00", "opens-2-1": "11:00", "closes-2-1": "13:00"},
            "opens-2-1",
            "This span begins before the one before it is over.",
        ),
        (
            {"opens-2-0": "22:00", "closes-2-0": "06:00", "opens-2-1": "23:00", "closes-2-1": "23:30"},
            "opens-2-1",
            "This span begins before the one before it is over.",
        ),
        (
            {"opens-6-0": "22:00", "closes-6-0": "06:00", "opens-0-0": "05:00", "closes-0-0": "09:00"},
            "opens-0-0",
            "This span begins before the one before it is over.",
        ),
        ({"also": "0"}, "also", "Select a valid choice. 0 is not one of the available choices."),
    ],
)
def test_wrong_hours_are_refused_with_a_sentence(admin, queue, wrong, field, sentence):
    OpeningHours.objects.create(queue=queue, **MORNING._asdict())
    answer = post(admin, queue, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field]
    assert hours_of(queue) == [MORNING]


def test_week_begins_as_the_reader_has_it(admin, queue, settings):
    def first_day():
        return str(admin.get(reverse("opening_hours", args=[queue.slug])).context["form"].days[0][0])

    assert first_day() == "Sunday"
    admin.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert first_day() == "السبت"


def test_hours_are_set_by_admins_alone(queue, amal):
    with pytest.raises(Refused):
        set_opening_hours(queue, [MORNING], shown="", by=amal)
    assert hours_of(queue) == []


def test_queues_cost_the_same_for_many(admin, queue, amal_agent, django_assert_max_num_queries):
    for number in range(10):
        make_queue(f"queue-{number}", agents=[amal_agent])
    with django_assert_max_num_queries(13):
        admin.get(reverse("settings_queues"))


def test_spans_that_meet_are_no_overlap(admin, queue):
    night = {"opens-6-0": "22:00", "closes-6-0": "06:00", "opens-0-0": "06:00", "closes-0-0": "23:59"}
    day = {"opens-1-0": "00:00", "closes-1-0": "00:00"}
    assert post(admin, queue, **night, **day).status_code == 302


@pytest.mark.parametrize(
    "meanwhile", [[], [MORNING, OpeningSpan(0, time(13), time(14)), OpeningSpan(1, time(9), time(10))]]
)
def test_hours_that_were_changed_meanwhile_are_not_lost(admin, queue, meanwhile):
    OpeningHours.objects.create(queue=queue, **MORNING._asdict())
    shown = queue.hours_as_text
    queue.opening_hours.all().delete()
    for span in meanwhile:
        OpeningHours.objects.create(queue=queue, **span._asdict())
    typed = {"opens-3-2": "09:00", "closes-3-2": "10:00"}
    answer = post(admin, queue, **typed, shown=shown)
    assert answer.status_code == 409
    assert hours_of(queue) == meanwhile
    page = answer.content.decode()
    assert "Someone has changed these hours meanwhile." in page
    assert 'name="opens-3-2" value="09:00"' in page
    assert f'name="shown" value="{queue.hours_as_text}"' in page or not meanwhile
    assert post(admin, queue, **typed).status_code == 302
    assert hours_of(queue) == [OpeningSpan(3, time(9), time(10))]


def test_who_sets_up_queues_alone_has_a_way_there(client, policy, queue, eve):
    eve.is_staff = True
    eve.save()
    client.force_login(eve)
    assert reverse("settings_queues") not in client.get("/").content.decode()
    eve.user_permissions.add(Permission.objects.get(codename="change_queue"))
    page = client.get("/").content.decode()
    assert f'href="{reverse("settings_queues")}"' in page
    assert f'href="{reverse("settings")}"' not in page
    assert client.get(reverse("settings_queues")).status_code == 200


def rows_of(answer):
    return answer.content.decode().count('<th scope="row">')


def test_queues_are_shown_fifty_at_a_time(admin):
    Queue.objects.bulk_create(Queue(slug=f"queue-{number}", name=f"A {59 - number:03}") for number in range(60))
    first = admin.get(reverse("settings_queues"))
    second = admin.get(reverse("settings_queues"), {"page": 2})
    assert (rows_of(first), rows_of(second)) == (50, 11)
    assert ['href="?page=2"' in first.content.decode(), 'href="?page=1"' in second.content.decode()] == [True, True]
    assert [page.context["page"][0].name for page in (first, second)] == ["A 000", "A 050"]
    assert rows_of(admin.get(reverse("settings_queues"), {"page": "none"})) == 50


def test_agents_whose_account_is_disabled_are_not_counted(admin, queue, amal_agent, bilal_agent, bilal):
    join_queue(queue, bilal_agent)
    counted = '<td data-label="Agents">{}</td>'.format
    assert counted(2) in admin.get(reverse("settings_queues")).content.decode()
    bilal.is_active = False
    bilal.save()
    assert counted(1) in admin.get(reverse("settings_queues")).content.decode()


def test_hours_are_copied_to_the_first_of_many_queues(admin, queue):
    Queue.objects.bulk_create(Queue(slug=f"queue-{number}", name=f"A {number:03}") for number in range(201))
    page = admin.get(reverse("opening_hours", args=[queue.slug])).content.decode()
    assert page.count('name="also"') == 200
    last_shown, beyond = Queue.objects.get(name="A 199"), Queue.objects.get(name="A 200")
    hours = {"opens-0-0": "09:00", "closes-0-0": "12:00"}
    answer = post(admin, queue, **hours, also=[last_shown.pk, beyond.pk])
    assert answer.status_code == 422
    refusal = f"Select a valid choice. {beyond.pk} is not one of the available choices."
    assert answer.context["form"].errors["also"] == [refusal]
    assert (hours_of(queue), hours_of(last_shown)) == ([], [])
    assert post(admin, queue, **hours, also=last_shown.pk).status_code == 302
    assert hours_of(last_shown) == [MORNING]
