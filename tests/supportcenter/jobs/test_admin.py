"""Failed jobs in the admin: why they failed, Retry, Delete; the others only to be looked at."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from supportcenter import clock
from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.outbox.retry import retry
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LIST = "admin:jobs_job_changelist"
TRACEBACK = "Traceback (most recent call last):\n  File …\nConnectionRefusedError: no mail server\n"


@pytest.fixture
def failed():
    """A job that could not be done, until the test's own handler is asked once more."""
    job = run_later("tests.note", address="carol@example.com", invitation=7)
    Job.objects.filter(pk=job.pk).update(failed_at=clock.now(), attempts=MOST_ATTEMPTS, error=TRACEBACK)
    return job


@pytest.fixture
def admin(client, dana):
    client.force_login(dana)
    return client


def page_of(job):
    return reverse("admin:jobs_job_change", args=[job.pk])


def retry_of(job):
    return reverse("admin:jobs_job_retry", args=[job.pk])


def shown(client, **filters):
    return [job.pk for job in client.get(reverse(LIST), filters).context["cl"].result_list]


def test_list_shows_the_failed_ones_first_of_all(admin, failed):
    waiting = run_later("tests.note")
    assert shown(admin) == [failed.pk]
    assert shown(admin, state="waiting") == [waiting.pk]
    assert "ConnectionRefusedError: no mail server" in admin.get(reverse(LIST)).content.decode()


def test_page_names_the_reason_first_and_folds_the_rest(admin, failed):
    page = admin.get(page_of(failed)).content.decode()
    assert page.index("ConnectionRefusedError: no mail server") < page.index("Traceback")
    assert page.index("<details>") < page.index("Traceback")


def test_page_shows_numbers_of_rows_and_no_address(admin, failed):
    page = admin.get(page_of(failed)).content.decode()
    assert "invitation 7" in page
    assert "carol@example.com" not in page


def test_kind_is_said_in_words_of_the_readers_language(admin):
    job = run_later("invitations.deliver", invitation=7, sending=1)
    Job.objects.update(failed_at=clock.now())
    assert "Send an invitation" in admin.get(page_of(job)).content.decode()
    admin.cookies["django_language"] = "ar"
    assert "إرسال دعوة" in admin.get(page_of(job), headers={"accept-language": "ar"}).content.decode()


def test_retry_runs_it(admin, failed, calls):
    run_due()
    assert calls == []
    assert admin.post(retry_of(failed)).status_code == 302
    run_due()
    assert calls == [{"address": "carol@example.com", "invitation": 7}]
    assert not Job.objects.filter(pk=failed.pk).exists()
    assert LogEntry.objects.get(object_id=str(failed.pk)).change_message == "Tried again."


def test_retry_gives_it_all_its_attempts(failed):
    assert retry(failed)
    failed.refresh_from_db()
    assert (failed.attempts, failed.failed_at, failed.lease_until) == (0, None, None)
    assert failed.due <= clock.now()


def test_retry_of_what_has_not_failed_changes_nothing(admin):
    job = run_later("tests.note")
    Job.objects.update(attempts=3)
    page = admin.post(retry_of(job), follow=True)
    assert "The job has not failed, or has been tried again since." in page.content.decode()
    assert Job.objects.get(pk=job.pk).attempts == 3


def test_several_are_retried_at_once(admin, failed, calls):
    other = run_later("tests.note", number=2)
    Job.objects.filter(pk=other.pk).update(failed_at=clock.now())
    chosen = {"action": "retry_selected", "_selected_action": [failed.pk, other.pk]}
    page = admin.post(reverse(LIST), chosen, follow=True)
    assert "2 jobs are tried again." in page.content.decode()
    run_due()
    assert len(calls) == 2


def test_failed_job_is_deleted(admin, failed):
    admin.post(reverse("admin:jobs_job_delete", args=[failed.pk]), {"post": "yes"})
    assert not Job.objects.exists()


def test_waiting_job_is_neither_deleted_nor_changed(admin):
    job = run_later("tests.note")
    assert admin.post(reverse("admin:jobs_job_delete", args=[job.pk]), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [job.pk], "post": "yes"}
    admin.post(f"{reverse(LIST)}?state=waiting", chosen)
    admin.post(reverse(LIST), chosen)
    assert admin.post(page_of(job), {"kind": "tests.fails"}).status_code == 403
    assert admin.get(reverse("admin:jobs_job_add")).status_code == 403
    assert Job.objects.get().kind == "tests.note"


def test_staff_without_the_right_sees_and_retries_nothing(client, failed):
    client.force_login(make_person("sara", csr=False, is_staff=True))
    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(retry_of(failed)).status_code == 403


def test_staff_who_may_only_look_have_no_button(client, failed):
    sara = make_person("sara", csr=False, is_staff=True)
    sara.user_permissions.add(Permission.objects.get(codename="view_job"))
    client.force_login(sara)
    assert "Try again now" not in client.get(page_of(failed)).content.decode()
    assert client.post(retry_of(failed)).status_code == 403
    sara.user_permissions.add(Permission.objects.get(codename="change_job"))
    assert "Try again now" in client.get(page_of(failed)).content.decode()
