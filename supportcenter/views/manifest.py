"""What a browser reads in order to install the site: its name, its colours and its icons (E65)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from supportcenter.accounts.models import SitePicture, SitePolicy
from supportcenter.accounts.pictures import app_icon, mask_icon
from supportcenter.shortcuts import all_shortcuts

HOUR, YEAR = 3600, 31_536_000
LANGUAGES = {code for code, _name in settings.LANGUAGES}
# What a page stands on unless an admin says otherwise (static/css/tokens.css).
CANVAS = "#f5f6f8"
# Characters below an icon, before they are cut off.
SHORT = 12
SIZES, MASK = (192, 512), "mask"


@require_safe
@cache_control(public=True, max_age=HOUR)
def manifest(request: HttpRequest) -> HttpResponse:
    """The language is in the address: browsers ask without cookies, and keep the answer for everybody."""
    language = request.GET.get("language", "")
    with translation.override(language if language in LANGUAGES else settings.LANGUAGE_CODE):
        return JsonResponse(_facts(SitePolicy.current()), content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def installed_icon(request: HttpRequest, digest: str, form: str) -> HttpResponse:
    """The site's own icon as an installed page has it: of this size, or for a mask that cuts its edges off."""
    png = bytes(get_object_or_404(SitePicture, pk=digest).picture)
    size = next((each for each in SIZES if str(each) == form), SIZES[-1])
    drawn = mask_icon(png, size) if form == MASK else app_icon(png, size)
    return HttpResponse(drawn, content_type="image/png")


def _facts(policy: SitePolicy) -> dict[str, Any]:
    home = reverse("home")
    return {
        "id": home,
        "start_url": home,
        "scope": home,
        "name": policy.name,
        "short_name": _short(policy.name),
        "lang": translation.get_language(),
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "display": "standalone",
        "theme_color": policy.accent_colour,
        "background_color": policy.background_colour or CANVAS,
        "icons": _icons(policy.icon),
        "shortcuts": [{"name": str(each.words), "url": reverse(each.view)} for each in all_shortcuts()],
    }


def _icons(icon: SitePicture | None) -> list[dict[str, str]]:
    """As it is, in two sizes; and one whose edges may be cut off, to a circle or a drop, as phones do."""
    forms = [*((str(size), size, "any") for size in SIZES), (MASK, SIZES[-1], "maskable")]
    return [
        {"src": _address(icon, form), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for form, size, purpose in forms
    ]


def _address(icon: SitePicture | None, form: str) -> str:
    return reverse("installed_icon", args=[icon.pk, form]) if icon else static(f"img/icon-{form}.png")


def _short(name: str) -> str:
    """As many whole words as fit below an icon; the first one in any case, cut off if it is long."""
    words = name.split()
    count = max((n for n in range(1, len(words) + 1) if len(" ".join(words[:n])) <= SHORT), default=1)
    return " ".join(words[:count])[:SHORT]
