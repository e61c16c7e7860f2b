"""One worker of the race: routes, and accepts what is offered. A process of its own, started by test_race.

python -m tests.webacd.race fill <agents> <slots> <waiting> [<offer seconds>]
python -m tests.webacd.race empty
python -m tests.webacd.race work <seed> <until>     python -m tests.webacd.race drain <seed>
"""

import json
import os
import random
import sys
import time
from contextlib import suppress
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import OperationalError, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User  # noqa: E402
from supportcenter.refusals import Refused  # noqa: E402
from tests.emptying import let_entries_go  # noqa: E402
from webacd.actions.offering.accept import accept  # noqa: E402
from webacd.actions.offering.route import SOON, route, route_some  # noqa: E402
from webacd.actions.reconcile import reconcile  # noqa: E402
from webacd.models import AcdPolicy, Agent, AgentPage, Offer, Queue, QueueEntry, QueueMembership, SupportRequest  # noqa: E402


def fill(agents, slots, waiting, offer_seconds=300):
    """Agents of two queues and many waiting customers, written straight into the tables."""
    SitePolicy.current()
    AcdPolicy.objects.update_or_create(pk=1, defaults={"rest_seconds": 0, "unanswered_until_away": 100})
    now = timezone.now()
    queues = [
        Queue.objects.create(slug=f"q{n}", name=f"Q{n}", offer_seconds=offer_seconds, weight=10) for n in range(2)
    ]
    users = User.objects.bulk_create(User(username=f"agent{n}") for n in range(agents))
    CsrPrivileges.objects.bulk_create(CsrPrivileges(user=u, multi_session=True, max_customers=slots) for u in users)
    rows = Agent.objects.bulk_create(Agent(user=user, status="available", expected_until=None) for user in users)
    AgentPage.objects.bulk_create(AgentPage(agent=agent) for agent in rows)
    QueueMembership.objects.bulk_create(QueueMembership(queue=queue, agent=agent) for queue in queues for agent in rows)
    requests = SupportRequest.objects.bulk_create(
        SupportRequest(
            queue=queues[n % 2],
            entry_queue=queues[n % 2],
            name=f"C{n}",
            arrived_at=now - timedelta(seconds=waiting - n),
        )
        for n in range(waiting)
    )
    QueueEntry.objects.bulk_create(QueueEntry(request=r, queue=r.queue, since=r.arrived_at) for r in requests)


def empty():
    """What the migrations have written, too; the database lets no entry of the audit log go before its time."""
    let_entries_go()
    call_command("flush", "--no-input", verbosity=0)


def work(seed, until):
    """Until so many are answered: route, then accept some offers that others may be accepting too."""
    chance = random.Random(seed)
    while SupportRequest.objects.filter(outcome="answered").count() < until:
        try:
            route()
            offers = list(Offer.objects.running().select_related("agent__user").order_by("pk")[:40])
            for offer in chance.sample(offers, min(len(offers), 10)):
                with suppress(Refused):
                    accept(offer, by=offer.agent.user)
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise


def drain(seed):
    """Route and answer at once, which frees the agents, until nobody waits; one offer in fifty goes unnoticed."""
    chance = random.Random(seed)
    while QueueEntry.objects.exists():
        try:
            if route_some() is None:
                # As the site does: who finds another at it comes back in a moment.
                time.sleep(SOON.total_seconds())
            offers = Offer.objects.open().order_by("pk").values_list("pk", "request")
            _answer([(pk, request) for pk, request in offers[:100] if pk % 50 and chance.random() < 0.7])
            if chance.random() < 0.2:
                reconcile()
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise


@transaction.atomic
def _answer(offers):
    """What accepting leaves behind, under its lock; without the sessions, whose ten thousand are for another hour."""
    waiting = SupportRequest.objects.waiting().filter(pk__in=[request for _pk, request in offers]).order_by("pk")
    held = {request.pk for request in waiting.select_for_update(skip_locked=True)}
    running = Offer.objects.running().filter(pk__in=[pk for pk, _request in offers], request__in=held)
    requests, now = list(running.values_list("request", flat=True)), timezone.now()
    Offer.objects.open().filter(request__in=requests).update(state="accepted", over_at=now)
    QueueEntry.objects.filter(pk__in=requests).delete()
    SupportRequest.objects.filter(pk__in=requests).update(outcome="answered", outcome_at=now)


def tell():
    """How things stand, as JSON."""
    accepted = Offer.objects.filter(state="accepted")
    counts = {
        "waiting": QueueEntry.objects.count(),
        "answered": SupportRequest.objects.filter(outcome="answered").count(),
        "accepted": accepted.count(),
        "twice": accepted.count() - accepted.values("request").distinct().count(),
        "open": Offer.objects.open().count(),
    }
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    globals()[sys.argv[1]](*map(int, sys.argv[2:]))
