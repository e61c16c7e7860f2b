from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from supportcenter.accounts.models import User
from supportcenter.accounts.models.factor_standing import with_standing
from supportcenter.kept_sql import kept_rows


class SignIn(AuthenticationBackend):
    # What nearly every page asks about the person who is signed in, read with them. Apps above add theirs in `ready`.
    read_along = ["csr_privileges"]

    def get_user(self, user_id: int) -> User | None:
        user = _with_key.first(key=user_id)
        return user if user and self.user_can_authenticate(user) else None


@kept_rows
def _with_key(*, key: int) -> QuerySet[User]:
    return with_standing(User.objects.select_related(*SignIn.read_along).filter(pk=key))
