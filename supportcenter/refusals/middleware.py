from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from supportcenter.refusals.answers import answer_refusal
from supportcenter.refusals.errors import Refused
from supportcenter.responses import GetResponse


class RefusalMiddleware:
    """Turn a refusal that no view caught into its page or JSON; every other exception passes through."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_refusal(request, exception) if isinstance(exception, Refused) else None
