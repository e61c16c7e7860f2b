from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter.accounts.actions.factors import forget_factors
from supportcenter.accounts.errors import NoSecondFactor
from supportcenter.accounts.models import User


class Command(BaseCommand):
    help = (
        "Take away all second factors of a person who has lost theirs, for the last administrator of a site: others "
        "are reset on their page in the settings. The password lets them in, and they can set up another."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        try:
            forget_factors(User.objects.get(username=username), by="manage.py")
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account {username}.") from error
        except NoSecondFactor as error:
            raise CommandError(f"{username} has no second factor.") from error
        self.stdout.write(f"{username} signs in with the password alone, and can set up a second factor again.")
