"""The first-run checklist of who administers the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from supportcenter.accounts.actions.setup import hide_setup
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.setup import checklist, may_set_up
from supportcenter.refusals import require


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def setup(request: SignedInRequest) -> HttpResponse:
    """Say what is done and what is left; the button hides the list from home and from sign-in."""
    require(may_set_up(request.user), NotAnAdministrator)
    if request.method == "POST":
        hide_setup(by=request.user)
        return redirect("home")
    context = {
        **admin.site.each_context(request),
        "title": gettext("Set up the site"),
        "help_topic": "first-day",
        "checklist": checklist(request.user),
        "is_hidden": SitePolicy.current().setup_hidden,
    }
    return render(request, "supportcenter/setup.html", context)
