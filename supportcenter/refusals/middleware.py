"""What is refused before a view is asked, and what a view refuses."""

import codecs

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from supportcenter.refusals.answers import answer_refusal
from supportcenter.refusals.errors import Refused, Unreadable
from supportcenter.responses import GetResponse

# Browsers write a form as its page is written.
UTF_8 = "utf-8"
CHARSETS = {UTF_8, "ascii"}


class RefusalMiddleware:
    """Turn a refusal that no view caught into its page or JSON; every other exception passes through."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_refusal(request, exception) if isinstance(exception, Refused) else None


def refuse_other_charsets(get_response: GetResponse) -> GetResponse:
    """Refuse a request in another charset than ours before anything reads it: Django would take the sender's word.

    It would read addresses by it as well as forms. Some of Python's codecs are none of text at all, and others read the
    same bytes in several ways.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", UTF_8)
        if charset != UTF_8:
            # Django itself takes no other name of it; and the page of the refusal is read by it, too.
            request.encoding = UTF_8
        return get_response(request) if _is_ours(charset) else answer_refusal(request, Unreadable())

    return respond


def _is_ours(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in CHARSETS
    except (LookupError, ValueError):
        return False
