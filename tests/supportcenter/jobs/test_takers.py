"""Several takers at once: threads here, processes in life."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import claim
from supportcenter.jobs.outbox.later import run_later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
TAKERS, JOBS = 4, 40


def test_no_two_takers_ever_get_the_same_job():
    for number in range(JOBS):
        run_later("tests.note", number=number)
    together = Barrier(TAKERS)

    def take_all(_):
        together.wait(10)
        try:
            return [job.pk for job in iter(lambda: claim(timezone.now()), None)]
        finally:
            connection.close()

    with ThreadPoolExecutor(TAKERS) as takers:
        taken = [pk for mine in takers.map(take_all, range(TAKERS)) for pk in mine]
    assert sorted(taken) == list(Job.objects.order_by("pk").values_list("pk", flat=True))
    assert len(taken) == JOBS
