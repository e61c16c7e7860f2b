from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from supportcenter.accounts.models import SitePolicy
from supportcenter.current_user import user_of
from supportcenter.responses import GetResponse

READING = {"GET", "HEAD"}


class SignInMiddleware(AuthenticationMiddleware):
    """Django's, with sign-ins that outlast a change of the secret key."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        # A user as soon as it is used.
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]


def one_policy_for_a_page(get_response: GetResponse) -> GetResponse:
    """A page asks for the site's policy in many places: it is read once. Actions read it again each time."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING:
            return get_response(request)
        with SitePolicy.read_once():
            return get_response(request)

    return answer
