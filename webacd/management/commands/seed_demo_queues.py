"""Queues and agents to try the site with; part of `seed_demo`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from supportcenter.accounts.models import User
from webacd.management.sample_talks import QUESTION
from webacd.models import Agent, AwayReason, EntryField, Queue, QueueMembership

QUEUES: dict[str, dict[str, Any]] = {
    "technical-support": {
        "name": "Technical support",
        "name_ar": "الدعم الفني",
        "description": "Something does not work? Somebody looks at it with you.",
        "description_ar": "هل هناك ما لا يعمل؟ سينظر فيه أحدنا معك.",
        "told": "Have the name of the program and the text of the message at hand.",
        "told_ar": "جهّز اسم البرنامج ونص الرسالة من فضلك.",
        "is_default": True,
        "weight": 20,
    },
    "billing": {
        "name": "Billing",
        "name_ar": "الفواتير",
        "description": "Questions about invoices and payments.",
        "description_ar": "أسئلة عن الفواتير والمدفوعات.",
    },
}
AGENTS = {"technical-support": ["amal", "bilal"], "billing": ["bilal"]}
MANAGER = "dana"
REASONS = [("Break", "استراحة"), ("Lunch", "غداء"), ("Meeting", "اجتماع"), ("Training", "تدريب")]


class Command(BaseCommand):
    help = "Make the demo queues, their agents and reasons for being away, where they are missing."
    requires_system_checks = []

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        users = {user.username: user for user in User.objects.filter(username__in=["amal", "bilal", MANAGER])}
        for slug, facts in QUEUES.items():
            queue, is_new = Queue.objects.get_or_create(slug=slug, defaults=facts)
            if is_new:
                _ask(queue)
                queue.managers.set([users[MANAGER]] if MANAGER in users else [])
            for username in AGENTS[slug]:
                if username in users:
                    agent, _ = Agent.objects.get_or_create(user=users[username])
                    QueueMembership.objects.get_or_create(queue=queue, agent=agent)
            self.stdout.write(f"  queue {slug}: /queues/{slug}/")
        if not AwayReason.objects.exists():
            AwayReason.objects.bulk_create(
                AwayReason(name=name, name_ar=name_ar, order=order) for order, (name, name_ar) in enumerate(REASONS)
            )


def _ask(queue: Queue) -> None:
    EntryField.objects.create(
        queue=queue,
        kind=EntryField.Kind.LONG_TEXT,
        **QUESTION,
        help="A few words help the representative to prepare.",
        help_ar="بضع كلمات تساعد ممثل الدعم على الاستعداد.",
    )
