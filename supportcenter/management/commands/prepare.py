"""Everything the site needs before it can be served, and nothing that is there already."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from supportcenter.private_files import keep_private
from supportcenter.schema import refuse_newer_database
from supportcenter.site_lock import one_at_a_time
from supportcenter.static_files import entries_of_bundles


class Command(BaseCommand):
    help = "Compile catalogues, collect static files and migrate the database, each only where something changed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--files", action="store_true", help="Leave the database alone: for building a release.")

    def handle(self, *, files: bool = False, **options: Any) -> None:
        """Of several processes that start at once, one does it, and the others then find nothing to do."""
        keep_private(settings.DATA_DIR)
        if files:
            prepare_files()
            return
        try:
            with one_at_a_time(self.say):
                refuse_newer_database()
                # A release has its files with it, and they may belong to somebody else.
                if not settings.IS_BUILT:
                    prepare_files()
                migrate()
        except ImproperlyConfigured as why:
            raise CommandError(f"{why}") from why

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def prepare_files() -> None:
    call_command("compile_catalogues")
    collect_static_files()


def collect_static_files() -> None:
    """Collect again when any file came, went or changed; looking takes milliseconds, collecting a second."""
    stamp = settings.PREPARED_DIR / "static.fingerprint"
    fingerprint = fingerprint_of_static_files()
    if not stamp.exists() or stamp.read_text() != fingerprint:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fingerprint)


def fingerprint_of_static_files() -> str:
    facts = hashlib.sha256(repr(entries_of_bundles()).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = (storage.path(path), storage.size(path), storage.get_modified_time(path).timestamp())
            facts.update(repr(stat).encode())
    return facts.hexdigest()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
