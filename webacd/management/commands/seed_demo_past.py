"""Sessions of the last two weeks to look at; part of `seed_demo --past`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sessions_app.models import SupportSession
from webacd.management.sample_case import make_replies
from webacd.management.sample_past import SamplePast
from webacd.management.sample_talks import TALKS
from webacd.models import Agent, Queue


class Command(BaseCommand):
    help = "Write two weeks of ended sessions for the demo queues, on a site that has had no session yet."
    requires_system_checks = []

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        if SupportSession.objects.exists():
            return
        slugs = {talk.queue for talks in TALKS.values() for talk in talks}
        queues = {queue.slug: queue for queue in Queue.objects.filter(slug__in=slugs)}
        agents = {
            slug: list(Agent.objects.filter(queues=queue).select_related("user")) for slug, queue in queues.items()
        }
        if queues.keys() != slugs or not all(agents.values()):
            return
        make_replies(queues)
        past = SamplePast(queues, agents)
        count = past.write()
        past.leave_message()
        self.stdout.write(f"  {count} sessions of the last two weeks, to look at")
