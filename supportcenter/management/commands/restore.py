"""`manage.py restore FILE`: what `manage.py backup` has written, into an empty site."""

import time
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter import security_log
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.refusing import refuse_unfit, takes_key
from supportcenter.backups.restoring import restore_backup
from supportcenter.backups.verifying import verify
from supportcenter.private_files import keep_private
from supportcenter.refusals.storage_full import is_storage_full
from supportcenter.site_lock import one_at_a_time, site_to_itself

SAY_EVERY = 5


class Command(BaseCommand):
    help = "Restore a backup into an empty site: one without accounts and sessions. The site must not be running."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--send-mail",
            action="store_true",
            help="Send the mail that was waiting; without it, it is put aside, since it may have been sent since.",
        )
        parser.add_argument(
            "--without-key",
            action="store_true",
            help="Restore though the backup's SECRET_KEY is lost: its seats, invitations and links stop working.",
        )

        parser.add_argument(
            "--without-files-key",
            action="store_true",
            help="Restore though FILES_KEY lacks a key of the backup's files: they can be opened once it has it.",
        )

    def handle(self, *, file: str, send_mail: bool, without_key: bool, without_files_key: bool, **options: Any) -> None:
        self.began = self.said = time.monotonic()
        keep_private(settings.DATA_DIR)
        try:
            with self.opened(file) as backup, site_to_itself(), one_at_a_time(self.stderr.write):
                given = {"without_key": without_key, "without_files_key": without_files_key}
                self.restore(backup, send_mail=send_mail, **given)
        except (NoBackup, ImproperlyConfigured) as why:
            raise CommandError(f"{why}") from why
        except Exception as error:
            if not is_storage_full(error):
                raise
            raise CommandError(f"The disk is full; make room and restore again: {error}") from error

    def opened(self, file: str) -> IO[bytes]:
        try:
            return Path(file).open("rb")
        except OSError as why:
            raise CommandError(f"{file} cannot be read: {why.strerror}.") from why

    def restore(self, file: IO[bytes], *, send_mail: bool, without_key: bool, without_files_key: bool) -> None:
        backup = verify(file)
        refuse_unfit(backup, without_key=without_key, without_files_key=without_files_key)
        facts = backup.facts
        self.stderr.write(f"{facts.site_url}, release {facts.version}, {facts.made_at}: whole and unharmed.")
        done = restore_backup(file, backup, self.say, keep_key=not takes_key(backup), send_mail=send_mail)
        security_log.note("backup_restored", release=facts.version, made_at=str(facts.made_at))
        self.stdout.write(f"Restored {done.rows:,} rows and {done.files:,} files. Everyone has to sign in again.")
        if done.mail_held:
            self.stdout.write(f"Mail that was waiting: {done.mail_held}, put aside with the jobs that have failed.")
        if facts.site_url != settings.SITE_URL:
            self.stdout.write(f"The address was {facts.site_url}; links that were sent lead there.")

    def say(self, name: str) -> None:
        if time.monotonic() - self.said > SAY_EVERY:
            self.said = time.monotonic()
            self.stderr.write(f"{self.said - self.began:.0f} s: {name}")
