"""A request that Django could not read: too many fields, broken parts, a name that is none."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from supportcenter.refusals.answers import answer_refusal
from supportcenter.refusals.bare import bare_refusal
from supportcenter.refusals.errors import Refused, TooLarge, Unreadable


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The refusal's page; the bare one if the request did not get so far that it is known who asks."""
    refusal: Refused = TooLarge() if isinstance(exception, RequestDataTooBig) else Unreadable()
    if hasattr(request, "user"):
        return answer_refusal(request, refusal)
    headers = [(name.lower().encode(), value.encode("utf-8", "replace")) for name, value in request.headers.items()]
    return bare_refusal(headers, refusal)
