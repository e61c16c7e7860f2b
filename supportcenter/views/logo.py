from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from supportcenter.accounts.models import SiteLogo


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The site's logo, for pages and mail programs. Its digest is in the address, so the answer never changes."""
    return HttpResponse(bytes(get_object_or_404(SiteLogo, pk=digest).picture), content_type="image/png")
