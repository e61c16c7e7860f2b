from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter import catalogues


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/*.po into DATA_DIR where they are newer than what is there."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only look: fail on broken, fuzzy or missing texts.")

    def handle(self, *, check: bool, **options: Any) -> None:
        for source in catalogues.sources():
            if check or catalogues.is_stale(source):
                self.refuse_bad(source, with_unfinished=check)
                if not check:
                    catalogues.compile_catalogue(source)

    def refuse_bad(self, source: Path, *, with_unfinished: bool) -> None:
        catalogue = catalogues.read(source)
        problems = list(catalogues.broken_formats(catalogue))
        if with_unfinished:
            problems += catalogues.unfinished(catalogue)
        if problems:
            raise CommandError("\n".join(f"{source}, {problem}" for problem in problems))
