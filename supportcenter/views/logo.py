"""The pictures that people have uploaded. A digest is in each address, so the answer never changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from supportcenter.accounts.models import SitePicture
from supportcenter.accounts.pictures import on_white

for_ever = cache_control(public=True, max_age=31_536_000, immutable=True)


@require_safe
@for_ever
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The site's logo, for pages and mail programs; or its icon, for the tabs of browsers."""
    return HttpResponse(_picture(digest), content_type="image/png")


@require_safe
@for_ever
def touch_icon(request: HttpRequest, digest: str) -> HttpResponse:
    """The site's icon on white, for the home screens of phones."""
    return HttpResponse(on_white(_picture(digest)), content_type="image/png")


@require_safe
@for_ever
def face(request: HttpRequest, digest: str) -> HttpResponse:
    """A person's picture: for those to whom a page has told its address, customers among them."""
    return HttpResponse(_picture(digest), content_type="image/png")


def _picture(digest: str) -> bytes:
    return bytes(get_object_or_404(SitePicture, pk=digest).picture)
