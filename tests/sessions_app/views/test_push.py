"""What scripts ask, and tell, of what is pushed to their browser."""

import pytest
from django.test import Client

from supportcenter.accounts.models import PushSubscription
from supportcenter.accounts.push.keys import public_key
from supportcenter.jobs.workers.runner import run_due
from tests.push_service import Device

pytestmark = pytest.mark.django_db

URL, STOP, TEST = "/notifications/push/", "/notifications/push/stop/", "/notifications/push/test/"


@pytest.fixture
def phone(push_service):
    return Device(push_service)


@pytest.fixture
def desk(faris):
    client = Client(headers={"Accept": "application/json"})
    client.force_login(faris)
    return client


def test_browser_learns_how_it_stands(desk, phone):
    before = desk.get(URL).json()
    assert (before["key"], before["endpoint"], before["accepted"], before["fault"]) == (public_key(), "", False, "")
    assert desk.post(URL, phone.fields).status_code == 200
    assert desk.get(URL).json()["endpoint"] == phone.endpoint
    assert desk.post(TEST).status_code == 202
    assert desk.get(URL).json()["accepted"] is False
    run_due()
    after = desk.get(URL).json()
    assert (after["accepted"], after["fault"]) == (True, "")
    assert len(phone.got) == 1


def test_what_the_push_service_does_not_take_is_said_in_words(desk, phone, push_service):
    desk.post(URL, phone.fields)
    push_service.status = 403
    desk.post(TEST)
    run_due()
    after = desk.get(URL).json()
    assert (after["accepted"], after["fault"]) == (False, "the push service refused it")


@pytest.mark.parametrize("wrong", [{"endpoint": "https://10.0.0.1/"}, {"p256dh": ""}, {"auth": "x" * 5000}])
def test_what_is_wrong_is_refused_in_words_and_changes_nothing(desk, phone, wrong):
    answer = desk.post(URL, phone.fields | wrong)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "push_refused")
    assert not PushSubscription.objects.exists()


def test_subscription_has_the_language_of_the_page(desk, phone):
    desk.cookies["django_language"] = "ar"
    desk.post(URL, phone.fields)
    assert PushSubscription.objects.get().language == "ar"


def test_browser_that_exchanges_its_subscription_goes_on_and_does_not_begin(desk, phone, push_service):
    later = Device(push_service, "later")
    assert desk.post(URL, later.fields | {"renews": "yes"}).status_code == 200
    assert not PushSubscription.objects.exists()
    desk.post(URL, phone.fields)
    desk.post(URL, later.fields | {"renews": "yes"})
    assert [row.endpoint for row in PushSubscription.objects.all()] == [later.endpoint]


def test_switched_off_it_is_off_also_for_who_is_no_csr_any_more(desk, phone, faris):
    desk.post(URL, phone.fields)
    faris.csr_privileges.delete()
    assert desk.post(STOP).status_code == 200
    assert not PushSubscription.objects.exists()


def test_sign_out_ends_it(desk, phone):
    desk.post(URL, phone.fields)
    desk.post("/accounts/logout/")
    assert not PushSubscription.objects.exists()


def test_new_password_ends_it_on_every_device(desk, phone, faris, push_service):
    old, new = "the old one, as long as it has to be", "a new one, as long as it has to be"
    faris.set_password(old)
    faris.save()
    elsewhere = Client()
    for client, device in ((desk, phone), (elsewhere, Device(push_service, "other"))):
        client.force_login(faris)
        client.post(URL, device.fields)
    elsewhere.post(TEST)
    assert PushSubscription.objects.count() == 2
    form = {"oldpassword": old, "password1": new, "password2": new}
    assert desk.post("/accounts/password/change/", form).status_code == 200
    run_due()
    assert not PushSubscription.objects.exists()
    assert push_service.asked == 0


def test_pages_bring_what_their_browser_needs_to_subscribe(desk, settings):
    page = desk.get("/sessions/person/", headers={"Accept": "text/html"}).content.decode()
    assert f'data-push="{URL}" data-push-key="{public_key()}" data-push-mark="' in page
    assert f'notifier_worker.js?push={URL}"' in page
    settings.WEB_PUSH_HOSTS = []
    assert 'data-push-key=""' in desk.get("/sessions/person/").content.decode()


def test_mark_is_another_one_after_each_sign_in_and_in_each_language(desk, faris):
    def mark():
        return desk.get("/sessions/person/").content.decode().partition('data-push-mark="')[2].partition('"')[0]

    first = mark()
    assert mark() == first
    desk.cookies["django_language"] = "ar"
    arabic = mark()
    desk.cookies["django_language"] = "en"
    desk.logout()
    desk.force_login(faris)
    assert len({first, arabic, mark()}) == 3


def test_forgers_subscribe_nothing(faris, phone):
    client = Client(enforce_csrf_checks=True)
    client.force_login(faris)
    assert client.post(URL, phone.fields).status_code == 403
    token = client.get(URL).json()["token"]
    assert client.post(URL, phone.fields, headers={"X-CSRFToken": token}).status_code == 200
