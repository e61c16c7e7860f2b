"""A queue in the data folder: `python -m benchmarks.site.queue waiting`; prints its slug."""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from webacd.actions.entering.enter import enter_queue  # noqa: E402
from webacd.actions.entering.waiting import come_back  # noqa: E402
from webacd.models import AcdPolicy, Agent, Queue, QueueMembership  # noqa: E402

AN_HOUR = 3600


def main(waiting):
    # All have one address, and no page comes back to say that it is still there.
    AcdPolicy.objects.update_or_create(pk=1, defaults={"entries_per_address": 100_000, "return_seconds": AN_HOUR})
    queue = Queue.objects.create(slug=f"queue-{uuid4().hex[:8]}", name="Queue", maximum_length=0)
    user = User.objects.create_user(f"csr-{uuid4().hex[:8]}", first_name="Amal")
    CsrPrivileges.objects.create(user=user)
    QueueMembership.objects.create(queue=queue, agent=Agent.objects.create(user=user))
    for number in range(waiting):
        request, _secret = enter_queue(queue, name=f"Waiting {number}")
        come_back(request, page=uuid4().hex)
    sys.stdout.write(json.dumps(queue.slug))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
