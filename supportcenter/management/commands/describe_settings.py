from typing import Any

from django.core.management.base import BaseCommand

from supportcenter.settings_reference.env_example import env_example


class Command(BaseCommand):
    help = "Print every setting of the environment with its default and meaning: what .env.example holds."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(env_example(), ending="")
