from django.core.management.base import BaseCommand, CommandError

from supportcenter import catalogues


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/*.po into DATA_DIR where they are newer than what is there."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Only look: fail on broken, fuzzy or missing texts.")

    def handle(self, *, check, **options):
        for source in catalogues.sources():
            if check or catalogues.is_stale(source):
                self.refuse_bad(source, with_unfinished=check)
                if not check:
                    catalogues.compile_catalogue(source)

    def refuse_bad(self, source, *, with_unfinished):
        catalogue = catalogues.read(source)
        problems = list(catalogues.broken_formats(catalogue))
        if with_unfinished:
            problems += catalogues.unfinished(catalogue)
        if problems:
            raise CommandError("\n".join(f"{source}, {problem}" for problem in problems))
