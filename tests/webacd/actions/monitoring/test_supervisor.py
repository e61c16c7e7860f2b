import pytest

from tests.webacd.factories import enter
from webacd.actions.monitoring.supervisor import move_request
from webacd.errors import NotAManager
from webacd.models import QueueEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_manager_moves_a_waiting_customer(queue, billing, dana, bilal):
    request = enter(queue)
    with pytest.raises(NotAManager):
        move_request(request, billing, by=bilal)
    move_request(request, billing, by=dana)
    entry = QueueEntry.objects.get()
    assert (entry.queue, entry.since) == (billing, request.arrived_at)
