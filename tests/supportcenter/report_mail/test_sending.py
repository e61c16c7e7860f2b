"""Each time at which a report is due has one message: also after days without power, and only while it is allowed."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from supportcenter.accounts.models import CsrPrivileges
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import claim
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import run, run_due
from supportcenter.mail.models import Delivery
from supportcenter.report_mail.actions import plan_due, stop, subscribe
from supportcenter.report_mail.models import Subscription

pytestmark = pytest.mark.django_db


def subjects():
    return [sent.subject for sent in mail.outbox]


def sending():
    return Job.objects.filter(kind="mail.send")


def subscribed(user, report="representatives", *, rhythm="daily", weekday=0, hour=7, attachment="none"):
    return subscribe(report, rhythm=rhythm, weekday=weekday, hour=hour, attachment=attachment, by=user)


def test_it_goes_out_when_it_is_due_and_not_before(hours, daily):
    hours.pass_to(2026, 3, 5, 6, 59)
    assert subjects() == []
    hours.pass_to(2026, 3, 5, 7)
    hours.pass_to(2026, 3, 5, 7, 1)
    assert subjects() == ["Representatives: 4 March 2026 (Support Center)"]
    hours.pass_to(2026, 3, 6, 7)
    assert len(subjects()) == 2


def test_planning_again_and_again_makes_one_job(hours, daily):
    hours.move_to(2026, 3, 5, 7)
    for _ in range(3):
        plan_due()
    assert sending().count() == 1


def test_after_days_without_power_the_latest_alone_is_sent(hours, daily):
    hours.pass_to(2026, 3, 9, 15)
    assert subjects() == ["Representatives: 8 March 2026 (Support Center)"]
    daily.refresh_from_db()
    assert timezone.localtime(daily.next_due) == timezone.make_aware(datetime(2026, 3, 10, 7))


def test_job_that_is_run_twice_sends_once(hours, daily):
    hours.move_to(2026, 3, 5, 7)
    plan_due()
    job = claim(timezone.now())
    run(job)
    run(job)
    assert len(mail.outbox) == 1


def test_server_that_is_away_gets_it_later_and_a_failure_is_kept(hours, daily, settings):
    settings.EMAIL_BACKEND = "supportcenter.no_mail_server.EmailBackend"
    hours.pass_to(2026, 3, 5, 7)
    assert sending().get().error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    hours.forward(minutes=1)
    assert len(mail.outbox) == 1


def test_what_is_refused_for_good_is_kept_with_what_the_server_said(hours, daily, mail_server):
    mail_server.refuse = {"RCPT": "550 5.1.1 no such user"}
    hours.pass_to(2026, 3, 5, 7)
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.subject, delivery.state) == ("report", daily.pk, "bounced")
    assert delivery.detail == "5.1.1 no such user"
    daily.refresh_from_db()
    assert (daily.is_on, daily.sent_at) == (True, None)


def test_what_the_server_has_taken_is_noted(hours, daily, mail_server):
    hours.pass_to(2026, 3, 5, 7)
    daily.refresh_from_db()
    assert timezone.localtime(daily.sent_due) == timezone.make_aware(datetime(2026, 3, 5, 7))
    assert daily.sent_at == Delivery.objects.get().sent_at


def test_job_of_an_earlier_release_still_sends(hours, daily):
    hours.move_to(2026, 3, 5, 7)
    for _time in range(2):
        run_later("report_mail.send", subscription=daily.pk, of=timezone.now().isoformat())
    run_due()
    assert subjects() == ["Representatives: 4 March 2026 (Support Center)"]


def test_older_one_is_not_sent_after_a_newer_one(hours, daily):
    hours.move_to(2026, 3, 5, 7)
    plan_due()
    sending().update(due=timezone.now() + timedelta(days=2))
    hours.pass_to(2026, 3, 6, 7)
    hours.pass_to(2026, 3, 7, 6)
    hours.pass_to(2026, 3, 7, 6, 30)
    sending().update(due=timezone.now())
    run_due()
    assert subjects() == ["Representatives: 5 March 2026 (Support Center)"]


def test_stopped_one_is_not_sent_even_if_it_was_planned(hours, daily, amal):
    hours.move_to(2026, 3, 5, 7)
    plan_due()
    stop(daily.pk, by=amal)
    run_due()
    assert subjects() == []


def lose_the_right(user):
    CsrPrivileges.objects.filter(user=user).delete()


def be_disabled(user):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def have_no_address(user):
    type(user).objects.filter(pk=user.pk).update(email="")


@pytest.mark.parametrize(
    ("happens", "obstacle"), [(lose_the_right, "right"), (be_disabled, "account"), (have_no_address, "address")]
)
def test_who_may_no_longer_read_it_gets_nothing_and_it_is_switched_off(hours, daily, amal, happens, obstacle):
    hours.move_to(2026, 3, 5, 7)
    plan_due()
    happens(amal)
    run_due()
    assert subjects() == []
    daily.refresh_from_db()
    assert (daily.is_on, daily.obstacle, daily.switched_off_at) == (False, obstacle, timezone.now())
    hours.pass_to(2026, 3, 6, 7)
    assert subjects() == []


def test_manager_of_no_queue_any_more_gets_no_queues(hours, amal):
    CsrPrivileges.objects.filter(user=amal).update(manager=True)
    row = subscribed(type(amal).objects.get(pk=amal.pk), "queues")
    CsrPrivileges.objects.filter(user=amal).update(manager=False)
    hours.pass_to(2026, 3, 5, 7)
    row.refresh_from_db()
    assert (subjects(), row.obstacle) == ([], "right")


def test_without_a_mail_server_it_stays_due(hours, daily, settings):
    settings.MAIL_IS_SET_UP = False
    hours.pass_to(2026, 3, 6, 8)
    assert (subjects(), sending().count()) == ([], 0)
    settings.MAIL_IS_SET_UP = True
    hours.pass_to(2026, 3, 6, 9)
    assert subjects() == ["Representatives: 5 March 2026 (Support Center)"]


def test_account_that_is_deleted_takes_its_reports_along(hours, amal):
    subscribed(amal)
    amal.delete()
    assert not Subscription.objects.exists()


def test_planning_costs_nothing_while_nothing_is_due(daily, django_assert_num_queries):
    with django_assert_num_queries(1):
        plan_due()
