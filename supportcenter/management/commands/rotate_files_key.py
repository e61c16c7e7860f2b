"""`manage.py rotate_files_key`: encrypt what is kept with the newest key of FILES_KEY, while the site runs (E74)."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter.files_keys import FilesKey, newest_key
from supportcenter.management.kept_files import RotationUnderWay, Tally, one_rotation, tally, write_all_again
from supportcenter.refusals.files_away import FilesAway
from supportcenter.refusals.storage_full import is_storage_full

# Seconds between two lines that say how far it is.
SAY_EVERY = 5


class Command(BaseCommand):
    help = "Encrypt all kept files and recordings with the newest key of FILES_KEY. It can be run again at any time."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only count what is encrypted with which key.")
        parser.add_argument(
            "--decrypt", action="store_true", help="Write everything back plain; FILES_KEY has to begin with none."
        )

    def handle(self, *, check: bool, decrypt: bool, **options: Any) -> None:
        self.began = self.said = time.monotonic()
        try:
            if check:
                self.tell(tally())
            else:
                self.write(decrypt=decrypt)
        except FilesAway as away:
            raise CommandError(f"{away.message}") from away

    def write(self, *, decrypt: bool) -> None:
        key = newest_key()
        if key is None and not decrypt:
            raise CommandError("FILES_KEY has no key to encrypt with: set one first, or decrypt with --decrypt.")
        if key is not None and decrypt:
            raise CommandError(
                "New files would still be encrypted: put none in front of the keys in FILES_KEY, and start the site "
                "again."
            )
        try:
            with one_rotation():
                done = write_all_again(key, self.say)
        except RotationUnderWay as other:
            raise CommandError("It is being run already.") from other
        except OSError as error:
            if not is_storage_full(error):
                raise
            raise CommandError(f"The disk is full. Make room, and run this again: it goes on. ({error})") from error
        self.stdout.write(f"Written again: {done.count:,}.")
        for name in done.unreadable:
            self.stderr.write(f"Cannot be read, and was left as it is: {name}")
        self.tell(tally())
        if done.unreadable:
            raise CommandError(f"{len(done.unreadable):,} could not be read.")

    def tell(self, found: Tally) -> None:
        newest = newest_key()
        for mark, count in sorted(found.kept.items(), key=lambda pair: pair[0] or b""):
            self.stdout.write(f"{count:,} kept {self.words(mark, newest)}")
        for mark, count in sorted(found.uploads.items(), key=lambda pair: pair[0] or b""):
            self.stdout.write(f"{count:,} on their way {self.words(mark, newest)}")
        if found.without_key:
            self.stdout.write(f"FILES_KEY lacks the key of {sum(found.without_key.values()):,}: they cannot be opened.")
        wanted = newest.mark if newest else None
        if any(mark != wanted for mark in [*found.kept, *found.uploads]):
            self.stdout.write("Older keys are still needed. What is on its way goes on as it began.")
        else:
            self.stdout.write("Nothing needs an older key: those can be taken out of FILES_KEY.")

    def words(self, mark: bytes | None, newest: FilesKey | None) -> str:
        if mark is None:
            return "not encrypted"
        return f"with {'the newest key' if newest and mark == newest.mark else 'the key'} {mark.hex()}"

    def say(self, name: str) -> None:
        if time.monotonic() - self.said > SAY_EVERY:
            self.said = time.monotonic()
            self.stderr.write(f"{self.said - self.began:.0f} s: {name}")
