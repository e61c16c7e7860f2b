"""Who is at the other end of a socket."""

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, parse_cookie

from supportcenter.live.sockets.asgi import Application, Receive, Scope, Send
from supportcenter.live.sockets.db import db


class SignedInUser:
    """Put `cookies` and `user` into a socket's scope, once, when it opens; nothing is left to do for each message."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = parse_cookie("; ".join(v.decode("latin1") for name, v in scope["headers"] if name == b"cookie"))
        user = await user_of(cookies.get(settings.SESSION_COOKIE_NAME))
        await self.application({**scope, "cookies": cookies, "user": user}, receive, send)


async def user_of(session_key: str | None) -> AbstractBaseUser | AnonymousUser:
    if not session_key:
        return AnonymousUser()
    request = HttpRequest()
    request.session = SessionStore(session_key)
    return await db(get_user, request)
