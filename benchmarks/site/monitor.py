"""Queues in which customers wait, in the data folder: `python -m benchmarks.site.monitor waiting queues`; prints JSON.

The manager of the site, signed in; two hundred agents, each in three of the queues.
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from benchmarks.site.scene import sign_in  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from webacd.models import Agent, Queue, QueueEntry, QueueMembership, SupportRequest  # noqa: E402

AGENTS, QUEUES_OF_AN_AGENT = 200, 3


def main(waiting, number_of_queues):
    queues = [Queue.objects.create(slug=f"queue-{n}", name=f"Queue {n}") for n in range(number_of_queues)]
    users = User.objects.bulk_create(User(username=f"agent-{n}", first_name=f"Agent {n}") for n in range(AGENTS))
    CsrPrivileges.objects.bulk_create(CsrPrivileges(user=user) for user in users)
    agents = Agent.objects.bulk_create(Agent(user=user, status="away", expected_until=None) for user in users)
    QueueMembership.objects.bulk_create(
        QueueMembership(queue=queues[(n + step) % len(queues)], agent=agent)
        for n, agent in enumerate(agents)
        for step in range(QUEUES_OF_AN_AGENT)
    )
    now = timezone.now()
    requests = SupportRequest.objects.bulk_create(
        SupportRequest(queue=queue, entry_queue=queue, name=f"Customer {n}", arrived_at=now - timedelta(seconds=n))
        for n, queue in ((n, queues[n % len(queues)]) for n in range(waiting))
    )
    QueueEntry.objects.bulk_create(QueueEntry(request=one, queue=one.queue, since=one.arrived_at) for one in requests)
    manager = User.objects.create_user("manager", first_name="Mona")
    CsrPrivileges.objects.create(user=manager, manager=True)
    sys.stdout.write(json.dumps({"manager": sign_in(manager)}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
