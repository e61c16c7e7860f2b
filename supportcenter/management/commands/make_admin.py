import getpass
import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter.accounts.actions.make_admin import NewAdmin, make_admin
from supportcenter.accounts.models import User


class Command(BaseCommand):
    help = (
        "Make a person who is admin and representative. Run again, it gives the roles back and leaves the password. "
        "The password is ADMIN_PASSWORD, else asked for; without a terminal it is made up and printed, once."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, *, username: str, email: str, first_name: str, last_name: str, **options: Any) -> None:
        is_new = not User.objects.filter(username=username).exists()
        password, is_made_up = _password() if is_new else ("", False)
        try:
            user, is_new = make_admin(NewAdmin(username, email, first_name, last_name), password=password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.username} is admin and representative: {settings.SITE_URL}/accounts/login/")
        if is_new and is_made_up:
            self.stdout.write(f"Password, shown this once: {password}")
        elif not is_new:
            self.stdout.write("The account was there already; its password is as before.")


def _password() -> tuple[str, bool]:
    """The password of a new account, and whether it was made up here. Raises CommandError."""
    if settings.ADMIN_PASSWORD:
        return settings.ADMIN_PASSWORD, False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise CommandError("The two passwords differ.")
    return password, False
