from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import autodiscover_modules

from supportcenter.doctor import Level, examine
from supportcenter.management import site_checks  # noqa: F401 - registers its checks


class Command(BaseCommand):
    help = "Look whether everything that the site needs is there. Ends with 1 if something is not."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        autodiscover_modules("health")
        failed = 0
        for name, (level, words, do) in examine():
            failed += level is Level.FAIL
            self.stdout.write(f"{level.value:<4}  {name}: {words}")
            if do:
                self.stdout.write(f"      {do}")
        if failed:
            raise CommandError(f"Failed checks: {failed}")
