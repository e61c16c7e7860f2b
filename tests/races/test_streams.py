"""Several tell many at the same moment, on streams of which some have never been told anything."""

from functools import partial

import pytest
from django.db import transaction

from supportcenter.live.log.eventlog import Draft, record_all
from supportcenter.live.models import Event
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@transaction.atomic
def tell(numbers):
    record_all([(f"inbox.{number}", Draft("offer.made")) for number in numbers])


def test_streams_that_are_new_to_all_are_made_once_and_nobody_waits_in_a_circle(transactional_db):
    tell(range(0, 40, 5))
    together(*(partial(tell, numbers) for numbers in (range(40), reversed(range(30)), range(20, 40), range(10, 25))))

    seqs = {number: list(Event.objects.filter(stream__name=f"inbox.{number}").values_list("seq", flat=True))
            for number in range(40)}  # fmt: skip
    told = [range(0, 40, 5), range(40), range(30), range(20, 40), range(10, 25)]
    assert seqs == {n: list(range(1, 1 + sum(n in numbers for numbers in told))) for n in range(40)}
