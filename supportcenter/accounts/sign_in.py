from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from supportcenter.accounts.models import User
from supportcenter.accounts.models.factor_standing import with_standing
from supportcenter.accounts.models.team import leads_any
from supportcenter.kept_sql import kept_rows


class SignIn(AuthenticationBackend):
    # What nearly every page asks about the person who is signed in, read with them. Apps above add theirs in `ready`.
    read_along = ["csr_privileges"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """By password; nobody where the site has switched that off (E72)."""
        user: User | None = super().authenticate(request, **credentials) if settings.PASSWORD_SIGN_IN else None
        return user

    def get_user(self, user_id: int) -> User | None:
        user = _with_key.first(key=user_id)
        return user if user and self.user_can_authenticate(user) else None


def read_with_rights() -> QuerySet[User]:
    """Accounts, each with what decides on what they may do."""
    people = with_standing(User.objects.select_related(*SignIn.read_along))
    # By the name of what asks for it otherwise.
    return people.annotate(leads_a_team=leads_any())  # type: ignore[no-redef]


@kept_rows
def _with_key(*, key: int) -> QuerySet[User]:
    return read_with_rights().filter(pk=key)
