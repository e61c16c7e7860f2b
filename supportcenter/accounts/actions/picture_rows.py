"""The rows of pictures, which the site and several people may share: of the same picture there is one."""

from __future__ import annotations

from django.db.models import QuerySet

from supportcenter.accounts.models import SitePicture, SitePolicy, User
from supportcenter.accounts.pictures import Picture


def stored(picture: Picture) -> SitePicture:
    """Its row, locked until the transaction ends, so that it is not deleted before something shows it."""
    row = SitePicture(digest=picture.digest, picture=picture.png, width=picture.width, height=picture.height)
    SitePicture.objects.bulk_create([row], update_conflicts=True, unique_fields=["digest"], update_fields=["width"])
    return row


def delete_unused(pictures: QuerySet[SitePicture]) -> None:
    """Delete those of `pictures` that neither the site nor a person shows."""
    # Locked first: what has stored the same picture shows it by then.
    keys = set(pictures.select_for_update().values_list("pk", flat=True))
    keys.difference_update(*SitePolicy.objects.values_list("logo", "icon"))
    keys.difference_update(User.objects.filter(picture__in=keys).values_list("picture", flat=True))
    SitePicture.objects.filter(pk__in=keys).delete()
