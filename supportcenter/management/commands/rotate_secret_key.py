"""`manage.py rotate_secret_key`: another secret key in DATA_DIR; the former one holds for a while (E74)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter import clock
from supportcenter.backups.facts import key_file, key_is_kept
from supportcenter.secret_key import drop_former, exchange, kept_former_keys

AGAIN = "Start all processes again, at the same time."


class Command(BaseCommand):
    help = "Make another secret key in DATA_DIR; what was made with the former one goes on working until --drop."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drop", action="store_true", help="Give up all former keys, and what was made with them.")

    def handle(self, *, drop: bool, **options: Any) -> None:
        if drop:
            self.drop()
            return
        if not key_is_kept():
            raise CommandError(
                "SECRET_KEY is set in the environment: put another one there, and the present one into "
                "SECRET_KEY_FALLBACKS. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        exchange(key_file(), clock.now().date())
        self.stdout.write(f"There is another secret key, and the former one still holds. {AGAIN}")

    def drop(self) -> None:
        there = kept_former_keys(key_file())
        if not there:
            more = " Those of SECRET_KEY_FALLBACKS are taken out there." if settings.SECRET_KEY_FALLBACKS else ""
            raise CommandError(f"No former key is kept in DATA_DIR.{more}")
        days = ", ".join(f"{each.until:%Y-%m-%d}" for each in drop_former(key_file()))
        self.stdout.write(f"Given up: the keys until {days}. {AGAIN}")
