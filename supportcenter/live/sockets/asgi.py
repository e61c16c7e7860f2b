"""ASGI, as annotations name it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

# Each kind of scope and message has keys of its own, and servers and middleware add theirs.
Scope = MutableMapping[str, Any]
AsgiMessage = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[AsgiMessage]]
Send = Callable[[AsgiMessage], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
