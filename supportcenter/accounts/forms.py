from allauth.account.forms import ResetPasswordForm
from allauth.account.utils import filter_users_by_email

from supportcenter.accounts.models import User
from supportcenter.text.addresses import to_ascii
from supportcenter.text.fields import AddressField


class ForgottenPasswordForm(ResetPasswordForm):
    """The link for a new password, to an address however it is pasted."""

    email = AddressField()
    users: list[User]

    def clean_email(self) -> str:
        """An account may have been given its international domain in the form of mail servers."""
        email: str = super().clean_email()
        self.users = self.users or filter_users_by_email(to_ascii(email), is_active=True, prefer_verified=True)
        return email
