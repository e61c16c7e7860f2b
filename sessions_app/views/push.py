"""What is pushed to this browser, for scripts: of a page, and of the service worker (static/js/notifications/)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.errors import NotACsr
from supportcenter.accounts.actions import push
from supportcenter.accounts.push.keys import public_key
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def device(request: SignedInRequest) -> HttpResponse:
    """How this browser stands, with what it needs to subscribe; or have it subscribe."""
    require(request.user.is_csr, NotACsr)
    if request.method == "POST":
        return _subscribe(request)
    row = push.device_of(_sign_in(request), user=request.user)
    return JsonResponse(
        {
            "key": public_key(),
            # The service worker reads no cookies, and asks for it here.
            "token": get_token(request),
            "endpoint": row.endpoint if row else "",
            "accepted": bool(row and row.last_ok_at),
            "fault": row.get_fault_display() if row else "",
        }
    )


@require_POST
@login_required
def stop(request: SignedInRequest) -> HttpResponse:
    """Who is no representative any more may stop it, too."""
    push.unsubscribe(sign_in=_sign_in(request), by=request.user)
    return JsonResponse({})


@require_POST
@login_required
def trial(request: SignedInRequest) -> HttpResponse:
    require(request.user.is_csr, NotACsr)
    push.send_trial(sign_in=_sign_in(request), by=request.user)
    # Sent it is only once the push service has taken it.
    return JsonResponse({}, status=202)


def _subscribe(request: SignedInRequest) -> HttpResponse:
    """`renews`: the browser has exchanged its subscription by itself, which is no reason to begin."""
    sign_in, given = _sign_in(request), request.POST
    place = {name: given.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    if not given.get("renews") or push.device_of(sign_in, user=request.user):
        push.subscribe(**place, language=get_language() or "", sign_in=sign_in, by=request.user)
    return JsonResponse({})


def _sign_in(request: SignedInRequest) -> str:
    return request.session.session_key or ""
