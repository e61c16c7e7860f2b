"""The first person of a site, who lets in all others."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from supportcenter.accounts.errors import UsernameTaken
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.accounts.people import is_name_taken
from supportcenter.environment import WrongSetting


@dataclass(frozen=True)
class NewAdmin:
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""


@transaction.atomic
def make_admin(wanted: NewAdmin, *, password: str) -> tuple[User, bool]:
    """Have an account that is an admin and a representative; return it, and whether it is new.

    An account of that name keeps its password and whatever is not given here. Raises ValidationError for a password
    that a person could not choose, either, and for a name that differs from another account's by its case alone.
    """
    user = User.objects.select_for_update().filter(username=wanted.username).first()
    is_new = user is None
    if user is None:
        user = User(username=wanted.username)
        if is_name_taken(user.username, besides=user):
            raise ValidationError(UsernameTaken.message, code="taken")
        validate_password(password, user)
        user.set_password(password)
    for field in ("email", "first_name", "last_name"):
        setattr(user, field, getattr(wanted, field) or getattr(user, field))
    user.is_active = user.is_staff = user.is_superuser = True
    user.full_clean(exclude=["password"])
    user.save()
    _make_representative(user)
    return user, is_new


def make_first_admin() -> None:
    """Make the admin whom the environment names, on a site that nobody administers yet.

    Raises WrongSetting for a name or a password that a person could not have.
    """
    if not settings.ADMIN_USERNAME or has_admin():
        return
    try:
        make_admin(NewAdmin(settings.ADMIN_USERNAME, settings.ADMIN_EMAIL), password=settings.ADMIN_PASSWORD)
    except ValidationError as error:
        raise WrongSetting("ADMIN_USERNAME, ADMIN_EMAIL, ADMIN_PASSWORD", " ".join(error.messages)) from error
    except IntegrityError:
        # Of two processes that start at once, the other one was faster.
        if not has_admin():
            raise


def has_admin() -> bool:
    """Is there anybody who may administer this site?"""
    return User.objects.filter(is_active=True, is_superuser=True).exists()


def _make_representative(user: User) -> None:
    privileges = CsrPrivileges.objects.filter(user=user).first()
    if privileges is None:
        CsrPrivileges.objects.create(user=user, manager=True, multi_session=True)
    elif not privileges.manager:
        privileges.manager = True
        privileges.save()
