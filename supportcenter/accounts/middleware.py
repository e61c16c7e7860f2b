from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from supportcenter.accounts.actions.activity import note_request
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.signed_out import remember_why
from supportcenter.current_user import user_of
from supportcenter.refusals.storage_full import storage_full_is_logged
from supportcenter.responses import GetResponse
from supportcenter.text.whole_numbers import whole_number

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


def note_activity(get_response: GetResponse) -> GetResponse:
    """Who opens a page or presses something is active (E71); a page that looks again by itself is not."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = request.session
        # Nothing is read for it: a page that did not ask who is signed in does not count.
        if _is_by_hand(request) and session.accessed and session.get(SESSION_KEY):
            _note(request)
        return response

    return answer


def tell_why_signed_out(get_response: GetResponse) -> GetResponse:
    """A browser that comes with a sign-in that has ended is told so on the sign-in page, whatever page it asks for."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        # The session's own middleware has just taken the cookie back.
        if key and settings.SESSION_COOKIE_NAME in response.cookies and request.session.session_key != key:
            remember_why(response, key)
        return response

    return answer


def _is_by_hand(request: HttpRequest) -> bool:
    return request.method not in READING or "X-Requested-With" not in request.headers


def _note(request: HttpRequest) -> None:
    # What was asked for is answered in any case, and the next minute tries again.
    with storage_full_is_logged():
        note_request(request, request.session, whole_number(request.session[SESSION_KEY]))
