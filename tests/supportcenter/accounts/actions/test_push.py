"""Which browsers take what is pushed to a person, and until when."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from supportcenter import clock as times
from supportcenter.accounts.actions.push import MOST_DEVICES, device_of, send_trial, subscribe, unsubscribe
from supportcenter.accounts.actions.pushing import MOST_ATTEMPTS, MOST_MESSAGES, PUSH_TO_DEVICE, Told, push
from supportcenter.accounts.errors import NotSubscribed, PushRefused, TooManyTrials
from supportcenter.accounts.models import PushSubscription
from supportcenter.accounts.push.service import SILENT_FOR
from supportcenter.accounts.session_store import SessionStore
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.settings.push import whom_to_write_to
from tests.push_service import Device, claims_of, sign_in

# On PostgreSQL the site goes by the server's clock, which no test moves.
pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(push_service):
    return Device(push_service)


@pytest.fixture
def here(amal):
    return sign_in(amal)


@pytest.fixture
def subscribed(phone, here, amal):
    return subscribe(**phone.fields, language="en", sign_in=here, by=amal)


@pytest.mark.both_databases
def test_what_is_sent_is_for_that_browser_alone_and_signed_by_this_site(phone, push_service, subscribed, here, amal):
    send_trial(sign_in=here, by=amal)
    assert push_service.asked == 0
    run_due()
    [shown] = phone.got
    assert shown == {
        "title": "This is how a notification looks",
        "tag": "trial",
        "url": "/notifications/",
        "lang": "en",
        "dir": "ltr",
        "silent": False,
        "always": True,
    }
    [headers] = phone.headers
    assert claims_of(headers)["aud"] == push_service.origin
    assert claims_of(headers)["sub"] == "mailto:support@127.0.0.1"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert 0 < int(headers["TTL"]) <= 60
    assert (headers["Topic"], headers["Urgency"]) == ("trial", "high")
    subscribed.refresh_from_db()
    assert subscribed.last_ok_at is not None
    assert not Job.objects.filter(kind=PUSH_TO_DEVICE).exists()


@pytest.mark.both_databases
def test_it_is_said_in_the_language_of_that_browser(phone, here, amal):
    subscribe(**phone.fields, language="ar", sign_in=here, by=amal)
    send_trial(sign_in=here, by=amal)
    run_due()
    [shown] = phone.got
    assert (shown["lang"], shown["dir"]) == ("ar", "rtl")
    assert shown["title"] != "This is how a notification looks"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("security", "contact"),
    [
        ("https://example.org/security", "https://example.org/security"),
        ("mailto:security@example.org", "mailto:security@example.org"),
        ("tel:+9661234", "mailto:help@example.org"),
        ("", "mailto:help@example.org"),
    ],
)
def test_push_services_are_told_whom_to_write_to(
    phone, subscribed, here, amal, settings, security, contact, push_service
):
    settings.WEB_PUSH_CONTACT = whom_to_write_to(security, "Help <help@example.org>")
    send_trial(sign_in=here, by=amal)
    run_due()
    assert claims_of(phone.headers[0])["sub"] == contact


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": ""},
        {"p256dh": "x" * 87},
        {"auth": "short"},
        {"sign_in": "of-nobody"},
        {"sign_in": ""},
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(phone, here, amal, wrong):
    fields = {**phone.fields, "sign_in": here, **wrong}
    with pytest.raises(PushRefused):
        subscribe(**fields, language="en", by=amal)
    assert not PushSubscription.objects.exists()


@pytest.mark.both_databases
def test_browser_has_one_subscription_that_of_who_is_signed_in(phone, subscribed, bilal):
    theirs = sign_in(bilal)
    subscribe(**phone.fields, language="ar", sign_in=theirs, by=bilal)
    row = PushSubscription.objects.get()
    assert (row.user, row.sign_in_id, row.language) == (bilal, theirs, "ar")


@pytest.mark.both_databases
def test_sign_in_has_one_browser_and_what_it_had_before_goes(push_service, subscribed, here, amal):
    later = Device(push_service, "later")
    subscribe(**later.fields, language="en", sign_in=here, by=amal)
    assert [row.endpoint for row in PushSubscription.objects.all()] == [later.endpoint]


@pytest.mark.both_databases
def test_of_one_person_the_device_that_subscribed_first_gives_way(push_service, amal, bilal):
    others = Device(push_service, "others")
    subscribe(**others.fields, language="en", sign_in=sign_in(bilal), by=bilal)
    devices = [Device(push_service, f"device-{n}") for n in range(MOST_DEVICES + 2)]
    for device in devices:
        subscribe(**device.fields, language="en", sign_in=sign_in(amal), by=amal)
    kept = PushSubscription.objects.filter(user=amal)
    assert {row.endpoint for row in kept} == {device.endpoint for device in devices[2:]}
    assert PushSubscription.objects.filter(user=bilal).count() == 1


@pytest.mark.both_databases
def test_switched_off_nothing_is_sent_any_more(phone, subscribed, here, amal):
    send_trial(sign_in=here, by=amal)
    unsubscribe(sign_in=here, by=amal)
    unsubscribe(sign_in=here, by=amal)
    run_due()
    assert phone.got == []
    with pytest.raises(NotSubscribed):
        send_trial(sign_in=here, by=amal)


@pytest.mark.both_databases
def test_nobody_switches_off_or_tries_what_is_another_persons(subscribed, here, bilal):
    unsubscribe(sign_in=here, by=bilal)
    assert device_of(here, user=bilal) is None
    assert PushSubscription.objects.exists()
    with pytest.raises(NotSubscribed):
        send_trial(sign_in=here, by=bilal)


def disabled(user, key):
    user.is_active = False
    user.save()


def no_csr(user, key):
    user.csr_privileges.delete()


def another_password(user, key):
    user.set_password("another one, as long as it has to be")
    user.save()


def signed_out(user, key):
    SessionStore(key).flush()


def signed_out_by_sql(user, key):
    Session.objects.filter(pk=key)._raw_delete("default")


def expired(user, key):
    Session.objects.filter(pk=key).update(expire_date=times.now())


def signed_in_as_another(user, key):
    store = SessionStore(key)
    store[SESSION_KEY] = str(user.pk + 1000)
    store.save()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "end",
    [disabled, no_csr, another_password, signed_out, signed_out_by_sql, expired, signed_in_as_another],
)
def test_with_the_right_or_the_sign_in_the_subscription_ends(phone, push_service, subscribed, here, amal, end):
    send_trial(sign_in=here, by=amal)
    end(amal, here)
    run_due()
    assert push_service.asked == 0
    assert not PushSubscription.objects.exists()


@pytest.mark.both_databases
def test_host_that_the_site_allows_no_more_is_not_called(phone, push_service, subscribed, here, amal, settings):
    send_trial(sign_in=here, by=amal)
    allowed, settings.WEB_PUSH_HOSTS = settings.WEB_PUSH_HOSTS, []
    run_due()
    assert push_service.asked == 0
    # The browser does not know of the setting, and goes on once the host is allowed again.
    settings.WEB_PUSH_HOSTS = allowed
    send_trial(sign_in=here, by=amal)
    run_due()
    assert len(phone.got) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("status", [404, 410])
def test_what_the_browser_has_dropped_is_deleted(push_service, subscribed, here, amal, status):
    push_service.status = status
    send_trial(sign_in=here, by=amal)
    run_due()
    assert not PushSubscription.objects.exists()
    assert not Job.objects.filter(kind=PUSH_TO_DEVICE).exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_service_that_is_busy_is_asked_again_and_then_it_is_sent(
    phone, push_service, subscribed, here, amal, clock, status
):
    push_service.status = status
    send_trial(sign_in=here, by=amal)
    clock.forward(seconds=0)
    subscribed.refresh_from_db()
    assert (subscribed.fault, subscribed.last_ok_at) == ("away", None)
    assert push_service.asked == 1
    push_service.status = 201
    clock.forward(seconds=3)
    subscribed.refresh_from_db()
    assert (subscribed.fault, len(phone.got)) == ("", 1)
    assert subscribed.last_ok_at is not None


def test_service_says_when_to_come_again(push_service, subscribed, here, amal, clock):
    push_service.status, push_service.more = 429, {"Retry-After": "20"}
    send_trial(sign_in=here, by=amal)
    clock.forward(seconds=0)
    clock.forward(seconds=19)
    assert push_service.asked == 1
    clock.forward(seconds=2)
    assert push_service.asked == 2


@pytest.mark.parametrize("pause", ["3600", "soon", "-1", "9" * 30, "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_beyond_its_life_it_is_not_tried(push_service, subscribed, here, amal, clock, pause):
    push_service.status, push_service.more = 503, {"Retry-After": pause}
    send_trial(sign_in=here, by=amal)
    for _second in range(70):
        clock.forward(seconds=1)
    assert 1 <= push_service.asked <= MOST_ATTEMPTS
    assert not Job.objects.filter(kind=PUSH_TO_DEVICE).exists()


def test_service_that_is_not_there_is_asked_again(push_service, phone, here, amal, settings, clock):
    gone = Device(push_service, "gone")
    gone.endpoint = "http://127.0.0.1:1/send"
    settings.WEB_PUSH_HOSTS = ["http://127.0.0.1:1"]
    row = subscribe(**gone.fields, language="en", sign_in=here, by=amal)
    send_trial(sign_in=here, by=amal)
    clock.forward(seconds=0)
    row.refresh_from_db()
    assert row.fault == "away"
    assert Job.objects.filter(kind=PUSH_TO_DEVICE, due__gt=times.now()).count() == 1


def test_service_that_did_not_answer_keeps_nobody_waiting_for_some_seconds(push_service, phone, here, amal, clock):
    subscribe(**phone.fields, language="en", sign_in=here, by=amal)
    push_service.breaks = True
    for _each in range(3):
        send_trial(sign_in=here, by=amal)
    clock.forward(seconds=0)
    assert push_service.asked == 1
    push_service.breaks = False
    clock.forward(seconds=SILENT_FOR - 1)
    assert push_service.asked == 1
    clock.forward(seconds=6)
    assert (push_service.asked, len(phone.got)) == (4, 3)


@pytest.mark.both_databases
@pytest.mark.parametrize("host", ["a..b", "x" * 64])
def test_host_that_cannot_be_is_refused(push_service, phone, here, amal, settings, host):
    row = subscribe(**phone.fields, language="en", sign_in=here, by=amal)
    settings.WEB_PUSH_HOSTS = [f"{host}.push.example.org"]
    PushSubscription.objects.update(endpoint=f"https://{host}.push.example.org/x")
    send_trial(sign_in=here, by=amal)
    run_due()
    row.refresh_from_db()
    assert row.fault == "refused"
    assert not Job.objects.filter(kind=PUSH_TO_DEVICE).exists()


@pytest.mark.both_databases
def test_all_whom_a_moment_concerns_are_told_by_few_statements_and_each_of_their_own(
    push_service, amal, bilal, django_assert_max_num_queries
):
    devices = {user: [device(user, push_service, n) for n in range(3)] for user in (amal, bilal)}
    until = times.now() + timedelta(minutes=1)
    told = [Told(amal.pk, 1, until), Told(amal.pk, 2, until), Told(bilal.pk, 3, until)]
    with django_assert_max_num_queries(2 + 2):
        push("offer", told)
    planned = [(job.payload["device"], job.payload["subject"]) for job in Job.objects.filter(kind=PUSH_TO_DEVICE)]
    wanted = [(row.pk, subject) for row in devices[amal] for subject in (1, 2)]
    assert sorted(planned) == sorted([*wanted, *((row.pk, 3) for row in devices[bilal])])


@pytest.mark.both_databases
def test_what_one_moment_sends_has_a_bound(push_service, amal):
    device(amal, push_service, 1)
    until = times.now() + timedelta(minutes=1)
    push("offer", [Told(amal.pk, subject, until) for subject in range(MOST_MESSAGES + 10)])
    assert Job.objects.filter(kind=PUSH_TO_DEVICE).count() == MOST_MESSAGES


def device(user, service, number):
    given = Device(service, f"{user.pk}-{number}")
    return subscribe(**given.fields, language="en", sign_in=sign_in(user), by=user)


@pytest.mark.both_databases
@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 413])
def test_what_is_refused_is_said_and_not_tried_again(push_service, subscribed, here, amal, status):
    # Where a redirect leads may be no push service at all.
    push_service.status, push_service.more = status, {"Location": f"{push_service.origin}/inside"}
    send_trial(sign_in=here, by=amal)
    run_due()
    subscribed.refresh_from_db()
    assert (subscribed.fault, subscribed.last_ok_at) == ("refused", None)
    assert push_service.asked == 1
    assert not Job.objects.filter(kind=PUSH_TO_DEVICE).exists()


@pytest.mark.both_databases
def test_tests_have_a_bound(subscribed, here, amal):
    for _each in range(20):
        send_trial(sign_in=here, by=amal)
    with pytest.raises(TooManyTrials):
        send_trial(sign_in=here, by=amal)
