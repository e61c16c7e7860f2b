"""Honest people: in each session a representative and a customer who write to each other, whatever else goes on.

Their pages do what the site's own do: follow a stream, come back after a break with the position that they know, and
send each line again, under the same name, until it is acknowledged.
"""

import asyncio
import json
import random
from contextlib import asynccontextmanager, suppress
from itertools import count

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.hostile.wire import ask, form

# Seconds: for what hangs.
PATIENCE = 150
# After these a page does not come back (docs/protocol.md).
FINAL = {4401, 4403, 4404, 4409, 4410}
# What a site in trouble may answer, with a sentence.
PASSING = {429, 503, 507}
# Seconds: as the pages', but shorter.
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2


class MissedError(Exception):
    """An event says that it comes after one which this page has not heard of."""


class Pause:
    """Longer each time, and a little different for everybody."""

    def __init__(self):
        self._next = FIRST_PAUSE

    async def take(self, seconds=None):
        await asyncio.sleep(seconds or self._next * random.uniform(0.5, 1))
        self._next = min(2 * self._next, LONGEST_PAUSE)


class Page:
    """One side of a session."""

    def __init__(self, name, port, base, socket, cookie, after):
        self.name, self.port = name, port
        self._base, self._socket, self._cookie = base, socket, cookie
        self._known = after
        self._numbers = count()
        # (client_id, message) in the order in which the site took them, or this page heard of them.
        self.acknowledged, self.heard = [], []
        # (type, data) of what else has happened.
        self.events = []
        # What no honest person should meet.
        self.faults = []
        self.reconnected = 0

    # ---- Hearing ----

    async def listen(self, is_there):
        """Follow for ever, or until the site says that it is over."""
        pause, self._changed = Pause(), asyncio.Condition()
        while True:
            code = None
            try:
                async with connect(self._url, proxy=None, open_timeout=PATIENCE, **self._as_page) as socket:
                    # A load of the page has a name of its own; this is the same load all the time.
                    mine = {"page": self.name, "secret": self.name}
                    await socket.send(json.dumps({"frame": "follow", "after": self._known, **mine}))
                    async for text in socket:
                        if await self._take(json.loads(text)):
                            is_there.set()
                            pause = Pause()
                    code = socket.close_code
            except ConnectionClosed as closed:
                code = closed.rcvd and closed.rcvd.code
            except (OSError, InvalidHandshake, TimeoutError, MissedError):
                pass
            if code in FINAL:
                self.faults.append(f"closed for good: {code}")
                return
            self.reconnected += 1
            await pause.take()

    @property
    def _url(self):
        return f"ws://127.0.0.1:{self.port}{self._socket}"

    @property
    def _as_page(self):
        headers = {"Cookie": self._cookie}
        return {"origin": f"http://127.0.0.1:{self.port}", "additional_headers": headers, "ping_interval": 10}

    async def _take(self, frame):
        """What comes down; is it the word that the page follows now?"""
        if frame["frame"] == "reload":
            self.faults.append("told to load again")
        if frame["frame"] == "event" and frame["seq"] > self._known:
            if frame["after"] > self._known:
                raise MissedError
            self._known = frame["seq"]
            async with self._changed:
                data = frame["data"]
                if frame["type"] == "chat.said":
                    self.heard.append((data["client_id"], data["message"]))
                else:
                    self.events.append((frame["type"], data))
                self._changed.notify_all()
        return frame["frame"] == "following"

    async def has_heard(self, lines):
        async with self._changed:
            await self._changed.wait_for(lambda: lines <= set(self.heard))

    # ---- Saying ----

    async def say(self, lines):
        for _ in range(lines):
            client_id = f"{self.name} {next(self._numbers)}"
            message = await self._send(client_id)
            if message is None:
                return
            self.acknowledged.append((client_id, message))

    async def _send(self, client_id):
        """Until the site has it: the number of the message, or None if it was refused for good."""
        pause, fields = Pause(), {"text": client_id, "client_id": client_id}
        headers = {"X-Requested-With": "fetch"}
        while True:
            try:
                prepared = form(f"{self._base}messages/", fields, cookie=self._cookie, headers=headers)
                answer = await ask(self.port, prepared)
            except (OSError, TimeoutError):
                await pause.take()
                continue
            if answer.status == 200:
                return answer.json["message"]
            error = answer.error
            if not (answer.status in PASSING and error.get("message")):
                self.faults.append(f"{answer.status}: {answer.text[:500]}")
                return None
            await pause.take(error.get("retry_after"))


class HonestParty:
    def __init__(self, scene, *ports):
        """Of several processes of a site, the representatives are at the first and the customers at the last."""
        self.desks = [
            Page(f"desk {n}", ports[0], f"/sessions/{s['key']}/", f"/ws/sessions/{s['key']}/", s["desk"], s["position"])
            for n, s in enumerate(scene.sessions)
        ]
        self.seats = [
            Page(f"seat {n}", ports[-1], f"/support/{s['key']}/", f"/ws/support/{s['key']}/", s["seat"], s["position"])
            for n, s in enumerate(scene.sessions)
        ]
        self.pages = [*self.desks, *self.seats]

    @asynccontextmanager
    async def gathered(self):
        """Every page is there, and comes back whenever it is cut off."""
        there = [asyncio.Event() for _ in self.pages]
        tasks = [asyncio.create_task(page.listen(event)) for page, event in zip(self.pages, there, strict=True)]
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(event.wait() for event in there))
            yield self
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def talk(self, lines):
        """Everybody says so many lines, all at the same time, until each of them is acknowledged."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(page.say(lines) for page in self.pages))

    async def talk_through(self, lines, fault):
        """As `talk`; `fault`, a function that may wait, is called while the second half is being said."""
        await self.talk(lines - lines // 2)
        goes_on = asyncio.create_task(self.talk(lines // 2))
        await asyncio.to_thread(fault)
        await goes_on

    async def report(self):
        """What has gone wrong so far, in words; nothing, if every page has heard every line once and in order."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(page.has_heard(self._said_to(page)) for page in self.pages))
        return [f"{page.name}: {problem}" for page in self.pages for problem in self._problems(page)]

    def _said_to(self, page):
        return {line for each in self._both(page) for line in each.acknowledged}

    def _both(self, page):
        return next(both for both in zip(self.desks, self.seats, strict=True) if page in both)

    def _problems(self, page):
        yield from page.faults
        said = self._said_to(page)
        if missed := said - set(page.heard):
            yield f"missed {sorted(missed)}"
        if len({client_id for client_id, _ in page.heard}) < len(page.heard):
            yield f"heard twice: {page.heard}"
        if page.heard != sorted(page.heard, key=lambda line: line[1]):
            yield f"not in the order of the messages: {page.heard}"
        for each in self._both(page):
            names = {client_id for client_id, _ in each.acknowledged}
            if [line for line in page.heard if line[0] in names] != each.acknowledged and not missed:
                yield f"heard otherwise than {each.name} has said it"
