from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supportcenter import slots
from supportcenter.accounts.setup import unfinished


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page: customers join, CSRs start a session or return to one, managers find their reports.

    `cards` lead to what a person may watch or decide; those pages check again.
    """
    user = request.user
    context = {
        "cards": slots.filled("home_cards", {"user": user}) if user.is_authenticated else [],
        "setup": unfinished(user),
        "administers": user.is_active and user.is_staff,
    }
    return render(request, "supportcenter/home.html", context)
