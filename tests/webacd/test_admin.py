import pytest
from django.urls import reverse

from tests.webacd.factories import enter, make_queue
from webacd.models import Queue

pytestmark = pytest.mark.django_db


def delete_selected(client, *queues):
    chosen = {"action": "delete_selected", "_selected_action": [queue.pk for queue in queues], "post": "yes"}
    return client.post(reverse("admin:webacd_queue_changelist"), chosen, follow=True)


def test_admin_deletes_several_queues_at_once(client, dana):
    client.force_login(dana)
    assert delete_selected(client, make_queue("billing"), make_queue("night")).status_code == 200
    assert not Queue.objects.exists()


def test_admin_reads_that_a_queue_in_which_somebody_waits_stays(client, dana):
    client.force_login(dana)
    queue = make_queue("billing")
    enter(queue)
    answer = delete_selected(client, queue)
    assert "would require deleting the following protected related objects" in answer.content.decode()
    assert list(answer.context["messages"]) == []
    assert Queue.objects.get() == queue
