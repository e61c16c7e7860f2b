"""Who is signed in: as Django finds it, also with a sign-in that was made with a former secret key.

Django then gives the sign-in another key, of which only one answer can tell the browser. The sockets and the other
requests of an open page, which come at the same moment, would find themselves signed out; so it keeps its key.
"""

from typing import Any

from django.contrib.auth import get_user
from django.http import HttpRequest


def user_of(request: HttpRequest) -> Any:
    session: Any = request.session
    session.keeps_key = True
    try:
        return get_user(request)
    finally:
        session.keeps_key = False
