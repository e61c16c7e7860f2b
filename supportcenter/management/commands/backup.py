"""`manage.py backup FILE`: the whole site in one file, while it runs."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter import security_log
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.making import make_backup
from supportcenter.backups.output import file_of_backup
from supportcenter.refusals.storage_full import is_storage_full

# Seconds between two lines that say how far it is.
SAY_EVERY = 5


class Command(BaseCommand):
    help = "Back up database, files, recordings and secret key into one file (.tar, .tar.gz; - is standard output)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file: str, **options: Any) -> None:
        self.began = self.said = time.monotonic()
        try:
            missing = self.write(file)
        except (NoBackup, ImproperlyConfigured) as why:
            raise CommandError(f"{why}") from why
        except OSError as error:
            if not is_storage_full(error):
                raise
            raise CommandError(f"The disk is full, and nothing of the backup is left: {error}") from error
        for name in missing:
            self.stderr.write(f"Not in the backup, since it is not stored any more: {name}")

    def write(self, file: str) -> list[str]:
        if file == "-":
            if sys.stdout.isatty():
                raise CommandError("A backup is nothing for a terminal: name a file, or pass it on with |.")
            missing = make_backup(sys.stdout.buffer, self.say)
            sys.stdout.buffer.flush()
            security_log.note("backup_made")
            return missing
        path = Path(file).absolute()
        with file_of_backup(path) as output:
            missing = make_backup(output, self.say)
        security_log.note("backup_made")
        size, took = path.stat().st_size, time.monotonic() - self.began
        self.stdout.write(f"{path}: {size:,} bytes in {took:.1f} seconds.")
        return missing

    def say(self, name: str) -> None:
        if time.monotonic() - self.said > SAY_EVERY:
            self.said = time.monotonic()
            self.stderr.write(f"{self.said - self.began:.0f} s: {name}")
