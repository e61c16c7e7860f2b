"""When queues are open, as it is changed in the settings of the product."""

from collections.abc import Collection, Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from supportcenter.accounts.models import User
from supportcenter.refusals import require
from webacd.errors import HoursChanged, NotAManager
from webacd.models import OpeningHours, Queue
from webacd.models.opening import OpeningSpan
from webacd.rules.permissions import may_change_queues


@transaction.atomic
def set_opening_hours(
    queue: Queue, spans: Collection[OpeningSpan], *, shown: str, also: Iterable[Queue] = (), by: User
) -> None:
    """Open the queue in these spans alone, or always if there are none; and those of `also` at the same hours.

    `shown` are the hours that the one who decides had before them (`Queue.hours_as_text`). Each queue keeps its own
    time zone and holidays. Raises NotAManager, HoursChanged.
    """
    require(may_change_queues(by), NotAManager)
    keys = {queue.pk, *(other.pk for other in also)}
    # In one order, so that two who copy do not wait for each other.
    for each in Queue.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        require(each.pk != queue.pk or each.hours_as_text == shown, HoursChanged)
        _replace_hours(each, set(spans))
        changed = [{"changed": {"fields": ["opening_hours"]}}]
        LogEntry.objects.log_actions(by.pk, [each], CHANGE, changed)


def _replace_hours(queue: Queue, spans: set[OpeningSpan]) -> None:
    """Row by row, and only what differs: each is an entry of the audit log."""
    for row in queue.opening_hours.all():
        span = OpeningSpan(row.weekday, row.opens, row.closes)
        if span in spans:
            spans.remove(span)
        else:
            row.delete()
    for span in sorted(spans):
        OpeningHours.objects.create(queue=queue, **span._asdict())
