from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import i18n
from django.views.decorators.http import require_POST


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages, and remember it in this browser and with the account that is signed in."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])
    response = i18n.set_language(request)
    if response.headers.get("Location") == "/":
        # Where Django leads those who came from nowhere: the root of the host, which may be somebody else's.
        response.headers["Location"] = reverse("home")
    return response
