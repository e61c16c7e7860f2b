"""What the queue by which a customer came switches off in their session (E69)."""

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_noop

from sessions_app.rules.limits import Source
from supportcenter.json_rows import json_rows
from webacd.models import Queue, SupportRequest


def limits_of_the_queue() -> Combinable:
    """For a row of participants, in one statement with them: by the index of a session's requests."""
    came = SupportRequest.objects.came_by_queue().filter(session=OuterRef(OuterRef("session"))).order_by("-made_at")
    return json_rows(Queue.objects.filter(pk=Subquery(came.values("queue")[:1])), "name", "name_ar", "switched_off")


OF_QUEUES = Source("queue", limits_of_the_queue, gettext_noop("switched off for the queue %(name)s"))
