from allauth.account.auth_backends import AuthenticationBackend

from supportcenter.accounts.models import User


class SignIn(AuthenticationBackend):
    # What nearly every page asks about the person who is signed in, read with them. Apps above add theirs in `ready`.
    read_along = ["csr_privileges"]

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related(*self.read_along).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
