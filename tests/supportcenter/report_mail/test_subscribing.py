"""Who can have which report sent, the list of one's own, and the ways to stop one."""

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from supportcenter import clock
from supportcenter.accounts.errors import NoAddress, NoMail
from supportcenter.accounts.models import CsrPrivileges
from supportcenter.report_mail import actions
from supportcenter.report_mail.errors import NotYourReport, SubscriptionUnknown, TooManyReports
from supportcenter.report_mail.links import signed, stop_link
from supportcenter.report_mail.models import Subscription
from tests.webacd.factories import make_queue

pytestmark = pytest.mark.django_db
PAGE = "/reports/mail/"
WEEKLY = {"report": "representatives", "rhythm": "weekly", "weekday": "3", "hour": "6", "attachment": "xlsx"}


def subscribe(user, report="representatives", *, rhythm="daily", weekday=0, hour=7, attachment="none"):
    return actions.subscribe(report, rhythm=rhythm, weekday=weekday, hour=hour, attachment=attachment, by=user)


@pytest.fixture
def as_(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


def test_form_makes_one_and_the_list_shows_it(as_, amal):
    answer = as_(amal).post(PAGE, WEEKLY, follow=True)
    (row,) = Subscription.objects.all()
    assert (row.user, row.report, row.rhythm, row.weekday, row.hour) == (amal, "representatives", "weekly", 3, 6)
    assert list(answer.context["subscriptions"]) == [row]
    assert row.next_due.weekday() == 3
    page = answer.content.decode()
    assert "every week · Thursday" in page
    assert "06:00" in page


def test_pressing_twice_makes_one(as_, amal):
    for attachment in ("xlsx", "csv"):
        as_(amal).post(PAGE, WEEKLY | {"attachment": attachment})
    assert Subscription.objects.get().attachment == "csv"


@pytest.mark.parametrize(
    "wrong",
    [
        {"rhythm": "hourly"},
        {"hour": "24"},
        {"hour": "x"},
        {"weekday": "7"},
        {"attachment": "exe"},
        {"report": "queues"},
    ],
)
def test_what_is_not_offered_is_refused(as_, amal, wrong):
    assert as_(amal).post(PAGE, WEEKLY | wrong).status_code == 422
    assert not Subscription.objects.exists()


def test_csr_is_offered_their_own_report_and_managers_the_queues_too(as_, amal, dana, eve):
    def offered(user):
        return [name for name, _title in as_(user).get(PAGE).context["form"].fields["report"].choices]

    assert offered(amal) == ["representatives"]
    assert offered(dana) == ["representatives", "queues"]
    make_queue().managers.add(eve)
    assert offered(eve) == ["queues"]


def test_page_is_not_for_others(as_, client, eve):
    assert client.get(PAGE).status_code == 302
    assert as_(eve).get(PAGE).status_code == 403
    assert as_(eve).post(PAGE, WEEKLY).status_code == 403


def test_action_refuses_what_one_may_not_read(amal, eve):
    for user, report in ((eve, "representatives"), (amal, "queues"), (amal, "none")):
        with pytest.raises(NotYourReport):
            subscribe(user, report)


def test_account_without_an_address_is_told(as_, amal):
    amal.email = ""
    amal.save()
    with pytest.raises(NoAddress):
        subscribe(amal)
    assert as_(amal).post(PAGE, WEEKLY).status_code == 409


def test_nothing_is_offered_without_a_mail_server(as_, amal, dana, settings):
    row = subscribe(amal)
    pages = ["/reports/representatives/", "/webacd/figures/"]
    assert all("Send this by mail" in as_(dana).get(page).content.decode() for page in pages)
    settings.MAIL_IS_SET_UP = False
    assert not any("mail" in as_(dana).get(page).content.decode() for page in pages)
    with pytest.raises(NoMail):
        subscribe(amal, hour=8)
    assert as_(amal).post(PAGE, WEEKLY).status_code == 409
    # What there is can be stopped.
    page = as_(amal).get(PAGE).content.decode()
    assert "No mail server is set up" in page
    assert reverse("stop_report", args=[row.pk]) in page
    assert 'name="rhythm"' not in page


def test_one_person_has_so_many_and_no_more(as_, amal, bilal):
    for hour in range(actions.MOST):
        subscribe(amal, hour=hour)
    with pytest.raises(TooManyReports):
        subscribe(amal, hour=23)
    # Those there are can be changed, and others have their own.
    subscribe(amal, hour=1, attachment="csv")
    subscribe(bilal)
    answer = as_(amal).post(PAGE, WEEKLY, follow=True)
    assert "You have reached the limit of reports by mail." in answer.content.decode()


def test_one_is_stopped_by_its_owner_alone(as_, amal, bilal):
    row = subscribe(amal)
    with pytest.raises(SubscriptionUnknown):
        actions.stop(row.pk, by=bilal)
    assert as_(bilal).post(reverse("stop_report", args=[row.pk])).status_code == 404
    assert as_(amal).post(reverse("stop_report", args=[row.pk])).status_code == 302
    assert not Subscription.objects.exists()


def test_who_lost_the_right_sees_why_and_can_clear_it_away(as_, amal):
    row = subscribe(amal)
    CsrPrivileges.objects.all().delete()
    row.switch_off("right", row.made_at)
    page = as_(type(amal).objects.get(pk=amal.pk)).get(PAGE).content.decode()
    assert "Switched off" in page
    assert "may no longer read" in page


def test_subscribing_again_switches_it_on(amal):
    row = subscribe(amal)
    row.switch_off("address", row.made_at)
    again = subscribe(amal)
    assert (again.pk, again.is_on, again.obstacle) == (row.pk, True, "")


def test_link_of_a_message_asks_and_then_stops(amal, settings):
    row = subscribe(amal)
    browser, path = Client(enforce_csrf_checks=False), "/" + stop_link(row).split("/", 3)[3]
    for _ in range(2):
        assert "Stop sending this report?" in browser.get(path).content.decode()
    assert Subscription.objects.exists()
    for _ in range(2):
        assert "no longer sent" in browser.post(path).content.decode()
    assert not Subscription.objects.exists()
    assert "no longer sent" in browser.get(path).content.decode()


def test_link_of_a_message_from_before_stops_it_too(client, amal):
    row = subscribe(amal)
    earlier = Signer(salt="supportcenter.report_mail.stop").sign(f"{row.pk}-{amal.pk}")

    client.post(reverse("stop_report_by_link", args=[earlier]))

    assert not Subscription.objects.exists()


def test_link_that_was_not_signed_here_leads_nowhere(client, amal):
    row = subscribe(amal)
    other = signed(row).replace(f"{row.pk}x", f"{row.pk + 1}x", 1)
    for forged in (other, f"{row.pk}-{amal.pk}", f"{row.pk}x{amal.pk}x" + "a" * 22, "x", signed(row) + "x"):
        path = reverse("stop_report_by_link", args=[forged])
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert Subscription.objects.exists()


def test_page_costs_the_same_with_many(as_, amal, policy, django_assert_max_num_queries):
    for hour in range(actions.MOST):
        subscribe(amal, hour=hour)
    browser = as_(amal)
    with django_assert_max_num_queries(8):
        browser.get(PAGE)


def test_admin_sees_and_deletes_them(as_, amal, dana):
    row = subscribe(amal)
    browser = as_(dana)
    assert "Representatives" in browser.get(reverse("admin:report_mail_subscription_changelist")).content.decode()
    assert browser.get(reverse("admin:report_mail_subscription_change", args=[row.pk])).status_code == 200
    assert browser.get(reverse("admin:report_mail_subscription_add")).status_code == 403
    browser.post(reverse("admin:report_mail_subscription_delete", args=[row.pk]), {"post": "yes"})
    assert not Subscription.objects.exists()


def test_each_is_shown_the_reports_that_they_may_read(as_, dana, eve):
    make_queue().managers.add(eve)
    page = as_(eve).get(PAGE).content.decode()
    assert reverse("csr_report") not in page
    assert reverse("acd_figures") in page
    page = as_(dana).get(PAGE).content.decode()
    assert reverse("csr_report") in page


def test_one_that_was_switched_off_is_switched_on_again_however_many_there_are(as_, amal):
    rows = [subscribe(amal, hour=hour) for hour in range(actions.MOST)]
    Subscription.objects.filter(pk=rows[3].pk).update(switched_off_at=clock.now(), obstacle="no_address")
    assert as_(amal).get(PAGE).context["may_add"]
    as_(amal).post(
        PAGE, {"report": "representatives", "rhythm": "daily", "weekday": 0, "hour": 3, "attachment": "none"}
    )
    assert Subscription.objects.get(pk=rows[3].pk).is_on
