from datetime import UTC, datetime, time

import pytest

from tests.webacd.factories import enter, make_agent, make_queue
from webacd.models import OpeningHours


@pytest.fixture
def amal_agent(amal):
    return make_agent(amal)


@pytest.fixture
def bilal_agent(bilal):
    return make_agent(bilal)


@pytest.fixture
def queue(amal_agent):
    """A queue that amal serves."""
    return make_queue(agents=[amal_agent])


@pytest.fixture
def closing(queue, time_machine):
    """Carol waits in a queue without a limit that has closed meanwhile; it is Monday evening."""
    queue.maximum_wait = 0
    queue.save()
    OpeningHours.objects.create(queue=queue, weekday=0, opens=time(9), closes=time(17))
    time_machine.move_to(datetime(2026, 3, 2, 16, 59, tzinfo=UTC), tick=False)
    request = enter(queue)
    time_machine.move_to(datetime(2026, 3, 2, 17, 1, tzinfo=UTC), tick=False)
    return request
