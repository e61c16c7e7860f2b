"""The site's place on its host is a setting, which no server and no header moves."""

from supportcenter.live.sockets.asgi import Application, Receive, Scope, Send


def at_home(application: Application) -> Application:
    """`application` without the `root_path` of its scopes: Daphne takes one from a header that anybody may send.

    Addresses begin with the path of SITE_URL by themselves, and proxies pass them on as they are.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await application({**scope, "root_path": ""}, receive, send)

    return answer
