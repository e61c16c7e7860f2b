from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from supportcenter.doctor import Level, examine


class Command(BaseCommand):
    help = "Look whether everything that the site needs is there. Ends with 1 if something is not."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        failed = 0
        # As in the log and in the documents.
        with translation.override("en"):
            for name, (level, words, do) in examine():
                failed += level is Level.FAIL
                self.stdout.write(f"{level.value:<4}  {name}: {words}")
                if do:
                    self.stdout.write(f"      {do}")
        if failed:
            raise CommandError(f"Failed checks: {failed}")
