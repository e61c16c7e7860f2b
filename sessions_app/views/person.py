"""What every page of a CSR asks for once it has loaded, so that they hear on it what is meant for them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.errors import NotACsr
from sessions_app.queries.person import told_to
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require


@never_cache
@require_safe
@login_required
def person_page(request: SignedInRequest) -> HttpResponse:
    """The texts, what the person is told of, and the position from which the page's socket follows."""
    require(request.user.is_csr, NotACsr)
    return render(request, "sessions_app/person/_page.html", told_to(request.user))
