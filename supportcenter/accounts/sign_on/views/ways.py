"""From a page of this site to a provider's."""

from collections.abc import Callable

import requests
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from supportcenter.accounts.errors import ProviderAway
from supportcenter.accounts.sign_on.offers import Offer, offer


def offer_or_404(key: str) -> Offer:
    """A provider that the settings do not name has no addresses."""
    found = offer(key)
    if found is None:
        raise Http404
    return found


def on_the_way(request: HttpRequest, name: str, address: str) -> HttpResponse:
    """A page that leads there at once.

    Forms of this site may be sent to the site alone, also by a redirect (CSP form-action), and a provider may lead on
    to another one: so the browser goes there by a page, and not by the answer to a form.
    """
    return render(request, "account/sign_on_way.html", {"name": name, "address": address})


def unless_away(ask: Callable[[], HttpResponse]) -> HttpResponse:
    """Raises ProviderAway if the provider has to be asked and does not answer."""
    try:
        return ask()
    except requests.RequestException as error:
        raise ProviderAway from error
