"""The site's logo and icon, which admins upload and take away."""

from __future__ import annotations

from django.db import transaction
from django.forms import Form, ModelForm

from supportcenter.accounts.actions.picture_rows import delete_unused, stored
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePicture, SitePolicy, User
from supportcenter.accounts.pictures import Picture
from supportcenter.accounts.setup import may_set_up
from supportcenter.refusals import require


@transaction.atomic
def give_logo(picture: Picture, *, by: User) -> None:
    """Show this logo on pages and in mail. An earlier one stays for the mail that has been sent with it."""
    require(may_set_up(by), NotAnAdministrator)
    _decide(logo=stored(picture))


@transaction.atomic
def remove_logo(*, by: User) -> None:
    """Go back to the site's name alone; mail that has been sent no longer shows a logo, either."""
    require(may_set_up(by), NotAnAdministrator)
    _decide(logo=None)
    delete_unused(SitePicture.objects.all())


@transaction.atomic
def give_icon(picture: Picture, *, by: User) -> None:
    """Show this icon in the tabs of browsers and on the home screens of phones. No mail shows an earlier one."""
    require(may_set_up(by), NotAnAdministrator)
    _change_icon(stored(picture))


@transaction.atomic
def remove_icon(*, by: User) -> None:
    """Go back to the product's icon."""
    require(may_set_up(by), NotAnAdministrator)
    _change_icon(None)


def decide_pictures(form: Form | ModelForm[SitePolicy], *, by: User) -> None:
    """Keep, or take away, the pictures that somebody has changed in a form that is valid."""
    for field, give, remove in (("logo_file", give_logo, remove_logo), ("icon_file", give_icon, remove_icon)):
        if field not in form.changed_data:
            continue
        if picture := form.cleaned_data[field]:
            give(picture, by=by)
        else:
            remove(by=by)


def _change_icon(icon: SitePicture | None) -> None:
    former = SitePolicy.current()
    _decide(icon=icon)
    if icon is None or icon.pk != former.icon_id:
        delete_unused(SitePicture.objects.filter(pk=former.icon_id))


def _decide(**which: SitePicture | None) -> None:
    SitePolicy.objects.filter(pk=SitePolicy.current().pk).update(**which)
