"""What programs ask for by names that are the same on every site. Nobody is asked who they are."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DAY = 24 * 3600
# Days; RFC 9116 advises less than a year.
SECURITY_GOOD_FOR = 180
PICTURES = settings.BASE_DIR / "static" / "img"

public = cache_control(public=True, max_age=DAY)


@require_safe
@public
def favicon(request: HttpRequest) -> HttpResponse:
    """For who takes no SVG; `mark.svg` is what it is made of."""
    return HttpResponse(_bytes(PICTURES / "favicon.ico"), content_type="image/x-icon")


@require_safe
@public
def apple_touch_icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_bytes(PICTURES / "apple-touch-icon.png"), content_type="image/png")


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may show where customers come in: the start page and the queues' own. All else is somebody's."""
    home = reverse("home")
    lines = ["User-agent: *", f"Allow: {home}$", f"Allow: {home}queues/*/$", f"Allow: {home}static/", "Disallow: /"]
    return _text(lines)


@require_safe
@public
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Not found where there is nobody to write to."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    end = datetime.combine(datetime.now(UTC).date() + timedelta(days=SECURITY_GOOD_FOR), time(), UTC)
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {end:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en, ar",
            f"Canonical: {settings.SITE.scheme}://{settings.SITE.netloc}{reverse('security_txt')}",
        ]
    )


@require_safe
@public
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers lead somebody who wants another password."""
    if not settings.PASSWORD_SIGN_IN:
        raise Http404
    return redirect("account_change_password")


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@cache
def _bytes(path: Path) -> bytes:
    return path.read_bytes()
