"""Where the mail provider tells what became of messages: anymail reads it, mail/provider_events.py notes it."""

import logging

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.urls import urlpatterns
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from supportcenter import security_log
from supportcenter.client_address import client_address

logger = logging.getLogger(__name__)
# What a body is that has another shape than anymail knows.
UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def mail_events(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Only of the site's own provider, and only with the secret that it was given."""
    view = next((each.callback for each in urlpatterns if str(each.pattern) == kind), None)
    if kind != settings.MAIL_WEBHOOK or view is None:
        raise Http404
    try:
        return view(request)
    except AnymailWebhookValidationFailure:
        security_log.warn("mail_events_refused", address=client_address(request))
        return HttpResponse(status=403)
    except UNREADABLE:
        # Not again, please: it would be no more readable.
        logger.exception("An event of the mail provider cannot be read")
        return HttpResponse(status=400)
