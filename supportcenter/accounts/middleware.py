from django.http import HttpRequest
from django.http.response import HttpResponseBase

from supportcenter.accounts.models import SitePolicy
from supportcenter.responses import GetResponse

READING = {"GET", "HEAD"}


def one_policy_for_a_page(get_response: GetResponse) -> GetResponse:
    """A page asks for the site's policy in many places: it is read once. Actions read it again each time."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING:
            return get_response(request)
        with SitePolicy.read_once():
            return get_response(request)

    return answer
