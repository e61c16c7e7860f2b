"""An agent and a line of customers in the data folder: `python -m benchmarks.site.line waiting`; prints JSON."""

import json
import os
import sys
from datetime import timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from benchmarks.site.scene import sign_in  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from supportcenter.live.log.eventlog import position  # noqa: E402
from webacd.actions.agents.agents import set_status  # noqa: E402
from webacd.models import AcdPolicy, Agent, Queue, QueueEntry, QueueMembership, SupportRequest  # noqa: E402


def main(waiting):
    # Who declines is asked again at once.
    AcdPolicy.objects.update_or_create(pk=1, defaults={"rest_seconds": 0})
    queue = Queue.objects.create(slug=f"line-{uuid4().hex[:8]}", name="Line", offer_seconds=300, maximum_length=0)
    user = User.objects.create_user(f"csr-{uuid4().hex[:8]}", first_name="Amal")
    CsrPrivileges.objects.create(user=user)
    agent = Agent.objects.create(user=user)
    QueueMembership.objects.create(queue=queue, agent=agent)
    now = timezone.now()
    requests = SupportRequest.objects.bulk_create(
        SupportRequest(queue=queue, entry_queue=queue, name=f"C{n}", arrived_at=now + timedelta(seconds=n))
        for n in range(waiting)
    )
    QueueEntry.objects.bulk_create(QueueEntry(request=one, queue=queue, since=one.arrived_at) for one in requests)
    at = position(agent.stream)
    set_status(agent, Agent.Status.AVAILABLE, by=user)
    sys.stdout.write(json.dumps({"csr": sign_in(user), "position": at}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
