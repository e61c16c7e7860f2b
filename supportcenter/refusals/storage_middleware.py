"""A full disk as a sentence instead of an error page, in whichever part of a request it shows."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from supportcenter.refusals.answers import answer_refusal
from supportcenter.refusals.storage_full import StorageFull, is_storage_full, log_storage_full
from supportcenter.responses import GetResponse


class StorageFullMiddleware:
    """A view that could not save anything answers 507."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _answer(request, exception) if is_storage_full(exception) else None


class StoringSessionMiddleware(SessionMiddleware):
    """Sign-ins are saved after the view: Django would say that the session had been deleted meanwhile."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Exception as error:
            if not is_storage_full(error):
                raise
            return _answer(request, error)


def _answer(request: HttpRequest, error: Exception) -> HttpResponse:
    log_storage_full(error)
    return answer_refusal(request, StorageFull())
