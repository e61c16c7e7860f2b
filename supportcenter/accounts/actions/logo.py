"""The site's logo, which admins upload and take away."""

from django.db import transaction

from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.logo_picture import LogoPicture
from supportcenter.accounts.models import SiteLogo, SitePolicy, User
from supportcenter.accounts.setup import may_set_up
from supportcenter.refusals import require


@transaction.atomic
def give_logo(picture: LogoPicture, *, by: User) -> None:
    """Show this logo on pages and in mail. An earlier one stays for the mail that has been sent with it."""
    require(may_set_up(by), NotAnAdministrator)
    seen = {"picture": picture.png, "width": picture.width, "height": picture.height}
    logo, _ = SiteLogo.objects.get_or_create(digest=picture.digest, defaults=seen)
    _decide(logo)


@transaction.atomic
def remove_logo(*, by: User) -> None:
    """Go back to the site's name alone; mail that has been sent no longer shows a logo, either."""
    require(may_set_up(by), NotAnAdministrator)
    _decide(None)
    SiteLogo.objects.all().delete()


def _decide(logo: SiteLogo | None) -> None:
    SitePolicy.objects.filter(pk=SitePolicy.current().pk).update(logo=logo)
