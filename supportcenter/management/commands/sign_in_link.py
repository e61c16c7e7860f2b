from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supportcenter.accounts.models import User
from supportcenter.accounts.sign_on.links import HOLDS, sign_in_link
from supportcenter.refusals import Refused


class Command(BaseCommand):
    help = (
        "Print a link that signs a person in, once: the way in where the identity provider is broken. "
        f"It holds for {HOLDS // 60} minutes, or until the person signs in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account {username}.")
        try:
            self.stdout.write(sign_in_link(person))
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
