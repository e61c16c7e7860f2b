"""HTTP is sync Django on a few long-lived threads, each with a database connection of its own.

Django's own ASGI path hops to a thread for each sync middleware, and makes a new thread, so a new connection, for each
request. Here a request is one hop. Request and response are Django's own ASGI ones, so any ASGI server will do.
"""

import asyncio
from contextlib import nullcontext

from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.core.signals import request_started
from django.db import connection
from django.urls import set_script_prefix

from supportcenter import metrics, security_log
from supportcenter.refusals import Busy, Refused, TooLarge
from supportcenter.refusals.bare import bare_refusal
from supportcenter.right_of_way import give_way_before_query, right_of_way
from supportcenter.serving.heads import Head
from supportcenter.serving.lanes import Lane
from supportcenter.serving.streaming import Streams, read_at_once
from supportcenter.text.whole_numbers import count_in

# Bytes. A file up to this size goes out as one message; a longer one is streamed.
SMALL = 256 * 1024
# Requests that wait for a thread: in all, and of one address, behind which there may be an office.
MOST_WAITING, MOST_OF_AN_ADDRESS = 1000, 250
# Threads for heavy reading, and how many of them one person has at a time. With a database server, one reads while
# another waits for it; with SQLite, both would want this process's interpreter, which is for short requests first.
READERS, READERS_ON_SQLITE, READERS_EACH = 2, 1, 1
# What waits for heavy reading: in all, and of one person, who may open several pages at once.
MOST_READERS_WAITING, MOST_OF_A_READER = 64, 8


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
        self.lane = Lane("http", threads=threads, most_waiting=MOST_WAITING, each_waiting=MOST_OF_AN_ADDRESS)
        self.heavy_lane = Lane(
            "heavy",
            threads=READERS_ON_SQLITE if connection.vendor == "sqlite" else READERS,
            at_once=READERS_EACH,
            most_waiting=MOST_READERS_WAITING,
            each_waiting=MOST_OF_A_READER,
        )
        self.streams = Streams()
        self.load_middleware()

    async def __call__(self, scope, receive, send):
        head = Head.of(scope)
        try:
            body = await self.body_of(head, receive)
            # After the body, the only message left is that the client has gone.
            departure = asyncio.ensure_future(receive())
            try:
                await self.answer(head, scope, body, send, departure)
            finally:
                departure.cancel()
        except RequestAborted:
            return
        except Refused as refusal:
            note_refusal(head, refusal)
            await self.send_response(bare_refusal(head.headers, refusal), send)

    async def body_of(self, head, receive):
        limit = head.body_limit(upload=self.body_limit)
        if head.length is not None and head.length > limit:
            raise TooLarge
        return await self.read_body(at_most(limit, receive))

    async def answer(self, head, scope, body, send, departure):
        heavy = head.reads_much
        lane, person = (self.heavy_lane, head.person) if heavy else (self.lane, head.address_key)
        with nullcontext() if heavy else right_of_way.taken():
            response = await lane.run(person, departure, lambda: self.respond(scope, body, heavy=heavy))
        if response is None:
            return
        if response.streaming:
            # What only reads a file takes its piece at once; what asks the database for more waits for its turn.
            turn = (lambda: lane.turn(person, departure, has_begun=True)) if heavy else (lambda: nullcontext(True))
            await self.streams.deliver(
                response, head.person, departure, turn, lambda: self.send_response(response, send)
            )
        else:
            await self.send_response(response, send)

    def respond(self, scope, body, *, heavy):
        """One request, from start to end, on one thread of its lane."""
        with connection.execute_wrapper(give_way_before_query) if heavy else nullcontext():
            return self._respond(scope, body)

    def _respond(self, scope, body):
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=self.__class__, scope=scope)
        request, response = self.create_request(scope, body)
        if request:
            response = self.get_response(request)
        response._handler_class = self.__class__
        length = count_in(response.get("Content-Length", ""))
        if response.streaming and length is not None and length <= SMALL:
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
            raise TooLarge
        return message

    return receive_some


def note_refusal(head, refusal):
    """One line in the security log for a request that was not let in."""
    metrics.count("refusals", code=refusal.code)
    what = "body_too_large" if isinstance(refusal, TooLarge) else "too_busy" if isinstance(refusal, Busy) else "refused"
    security_log.warn(what, address=head.address, page=head.view_name, bytes=head.length)
