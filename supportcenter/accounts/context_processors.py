from django.utils.functional import SimpleLazyObject

from supportcenter.accounts.models import SitePolicy


def site(request):
    """`policy` in every template: the site's name, accent colour and organisation. Read only if the page asks."""
    return {"policy": SimpleLazyObject(SitePolicy.current)}
