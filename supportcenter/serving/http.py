"""HTTP is sync Django on a few long-lived threads, each with a database connection of its own.

Django's own ASGI path hops to a thread for each sync middleware, and makes a new thread, so a new connection, for each
request. Here a request is one hop. Request and response are Django's own ASGI ones, so any ASGI server will do.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.core.signals import request_started
from django.http import HttpResponse
from django.urls import set_script_prefix

from supportcenter.serving.streaming import read_at_once, streamed_from_its_own_thread

# Bytes. A file up to this size goes out as one message; a longer one is streamed.
SMALL = 256 * 1024


class PooledRequest(ASGIRequest):
    def __init__(self, scope, body_file):
        super().__init__(scope, body_file)
        cookies = [value.decode("latin1") for name, value in scope["headers"] if name == b"cookie"]
        if len(cookies) > 1:
            # HTTP/2 may split them; joined with a comma, like other headers, they would be spoilt.
            self.META["HTTP_COOKIE"] = "; ".join(cookies)


class PooledHandler(ASGIHandler):
    request_class = PooledRequest

    def __init__(self, *, threads, body_limit):
        self.body_limit = body_limit
        self.pool = ThreadPoolExecutor(threads, "http")
        self.load_middleware()

    async def __call__(self, scope, receive, send):
        try:
            body = await self.read_body(at_most(self.body_limit, receive))
        except RequestAborted:
            return
        except RequestDataTooBig:
            await self.send_response(HttpResponse("Content too large", status=413), send)
            return
        # After the body, the only message left is that the client has gone.
        departure = asyncio.ensure_future(receive())
        try:
            await self.answer(scope, body, send, departure)
        finally:
            departure.cancel()

    async def answer(self, scope, body, send, departure):
        work = self.pool.submit(self.respond, scope, body)
        # Nobody waits any more: a request still in the queue costs nothing. One that runs, runs to its end.
        departure.add_done_callback(lambda _: work.cancel())
        try:
            response = await asyncio.wrap_future(work)
        except asyncio.CancelledError:
            if work.cancelled() and departure.done():
                return
            raise
        if response.streaming:
            await streamed_from_its_own_thread(response, departure, lambda: self.send_response(response, send))
        else:
            await self.send_response(response, send)

    def respond(self, scope, body):
        """One request, from start to end, on one thread of the pool."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=self.__class__, scope=scope)
        request, response = self.create_request(scope, body)
        if request:
            response = self.get_response(request)
        response._handler_class = self.__class__
        if response.streaming and int(response.get("Content-Length", SMALL + 1)) <= SMALL:
            response = read_at_once(response)
        if not response.streaming:
            response.close()
        return response


def at_most(limit, receive):
    """`receive`, refusing a body that grows beyond `limit` bytes."""
    taken = 0

    async def receive_some():
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise RequestDataTooBig
        return message

    return receive_some
