"""Which request, socket or job a line of the log is about: a number that goes along wherever its work is done."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

HEADER = "X-Request-ID"
# What a proxy may send: it goes into logs and headers as it is.
ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{1,64}")

_request: ContextVar[str] = ContextVar("request", default="")
_job: ContextVar[str] = ContextVar("job", default="")


def request_id() -> str:
    """The number of the request or socket that this code works for; empty outside of one."""
    return _request.get()


def current() -> dict[str, str]:
    """What a line of the log names: `request_id`, `job`, or neither."""
    named = {"request_id": _request.get(), "job": _job.get()}
    return {name: value for name, value in named.items() if value}


def new_id(offered: str = "") -> str:
    """The number that a proxy of ours `offered`, if it is one, else a new one."""
    return offered if ACCEPTABLE.fullmatch(offered) else secrets.token_hex(8)


@contextmanager
def of_request(number: str) -> Iterator[str]:
    token = _request.set(number)
    try:
        yield number
    finally:
        _request.reset(token)


@contextmanager
def of_job(name: str) -> Iterator[None]:
    token = _job.set(name)
    try:
        yield
    finally:
        _job.reset(token)


def carried(work: Callable[P, R]) -> Callable[P, R]:
    """`work` for another thread, which has the number of the thread that gives it the work.

    Not the whole context: what Django keeps there, such as a connection to the cache, is the thread's own.
    """
    number = _request.get()

    def do(*args: P.args, **kwargs: P.kwargs) -> R:
        with of_request(number):
            return work(*args, **kwargs)

    return do
