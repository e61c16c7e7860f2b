"""Where the mail provider tells what became of messages: anymail reads it, mail/provider_events.py notes it."""

import logging
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailWebhookValidationFailure
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from limits import RateLimitItemPerMinute

from supportcenter import security_log
from supportcenter.accounts.rate_limits import client_key, hits, rate_limiter
from supportcenter.client_address import client_address
from supportcenter.handling import own_pace, takes_batches
from supportcenter.mail.provider_events import TooEarly
from supportcenter.mail_webhooks import NotConfirmedError, TooManyEventsError, webhook_view

logger = logging.getLogger(__name__)
# What a body is that has another shape than anymail knows, is no JSON, or is nested deeper than Python reads.
UNREADABLE = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
    *(AnymailAPIError, AssertionError, RecursionError),
)

# Of one address in a minute: events, which come in bursts, and calls without the secret. Providers repeat after a 429.
MOST = RateLimitItemPerMinute(1200, namespace="mail-events")
MOST_REFUSED = RateLimitItemPerMinute(30, namespace="mail-events-refused")


@csrf_exempt
@takes_batches
@own_pace
def mail_events(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Only of the site's own provider, and only with the secret that it was given."""
    # What is kept of views is that of the site's own provider alone: strangers ask for any name.
    if kind != settings.MAIL_WEBHOOK or (view := webhook_view(kind)) is None:
        raise Http404
    who = client_key(request)
    if hits(MOST_REFUSED, who) >= MOST_REFUSED.amount or not rate_limiter().hit(MOST, who):
        return HttpResponse(status=429)
    try:
        return view.as_view()(request)
    except AnymailWebhookValidationFailure:
        return _refuse(request, who)
    except (TooEarly, NotConfirmedError):
        return HttpResponse(status=503)
    except TooManyEventsError:
        logger.error("A call of the mail provider with too many events is refused")  # noqa: TRY400 - no fault of ours
        return HttpResponse(status=413)
    except UNREADABLE:
        if not _is_genuine(request, view):
            return _refuse(request, who)
        # Not again, please: it would be no more readable.
        logger.exception("An event of the mail provider cannot be read")
        return HttpResponse(status=400)


def _refuse(request: HttpRequest, who: str) -> HttpResponse:
    rate_limiter().hit(MOST_REFUSED, who)
    security_log.warn("mail_events_refused", address=client_address(request))
    return HttpResponse(status=403)


def _is_genuine(request: HttpRequest, view: Any) -> bool:
    """Whether it has the secret or signature, and only its contents are strange.

    anymail reads some bodies before it has checked that.
    """
    try:
        view().run_validators(request)
    except (AnymailWebhookValidationFailure, *UNREADABLE):
        return False
    return True
