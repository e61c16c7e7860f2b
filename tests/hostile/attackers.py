"""What hostile people do to the site. All bytes are ordinary ones, made beforehand: only their number is hostile."""

import asyncio
import random
from contextlib import suppress

from tests.hostile.attack import Attack
from tests.hostile.wire import CLOSE, PATIENCE, NotUpgraded, ask, follow, form, frame, raw_socket

TYPING = frame({"frame": "signal", "type": "typing", "to": None, "data": True})


class SocketCrowd(Attack):
    """Sockets of one person, all kept; some of one page, the others each of a page of their own.

    `left_open` counts those that the site goes on to keep, when it has come down to `may_keep`: an end that has been
    sent is on its way for a moment. Where it keeps more, the count is taken when patience ends.
    """

    work = 400

    def __init__(self, site, path, *, cookie="", after=0, work=None, may_keep=0):
        super().__init__(site, work=work)
        self._path, self._cookie, self._after, self._may_keep = path, cookie, after, may_keep
        self._kept = set()

    async def once(self, number):
        """Another socket; the next one comes when this one is let in, or sent away."""
        is_answered = asyncio.Event()
        task = asyncio.create_task(self._keep(number, is_answered))
        self._kept.add(task)
        task.add_done_callback(lambda _: is_answered.set())
        await is_answered.wait()

    async def _keep(self, number, is_answered):
        try:
            async with raw_socket(self.port, self._path, cookie=self.cookie(number)) as socket:
                await socket.send(follow(self._after, "page" if number % 2 else f"page-{number}"))
                opcode, payload = await socket.receive()
                is_answered.set()
                self.seen[await socket.closed() if opcode != CLOSE else int.from_bytes(payload[:2])] += 1
        except NotUpgraded as refused:
            self.seen[refused.status] += 1
        except (OSError, EOFError):
            self.seen[None] += 1

    def cookie(self, number):
        return self._cookie

    @property
    def open(self):
        return sum(not task.done() for task in self._kept)

    async def leave(self):
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self.open > self._may_keep:
                    await asyncio.wait(self._kept, return_when=asyncio.FIRST_COMPLETED)
                    self._kept = {task for task in self._kept if not task.done()}
        self.left_open = self.open
        for task in self._kept:
            task.cancel()
        await asyncio.gather(*self._kept, return_exceptions=True)


class StrangersSockets(SocketCrowd):
    """Each with a cookie that somebody has made up."""

    def cookie(self, number):
        return f"sessionid=made-up-{number}"


class SignalFlood(Attack):
    """Bursts of signals, each over a socket of its own, from one person. `work` counts bursts."""

    burst = 1000
    work = 20

    def __init__(self, site, path, *, cookie, after):
        super().__init__(site)
        self._path, self._cookie, self._after = path, cookie, after
        self._bytes = TYPING * self.burst

    async def once(self, number):
        async with raw_socket(self.port, self._path, cookie=self._cookie) as socket:
            await socket.send(follow(self._after, f"flood-{number}"))
            await socket.send(self._bytes)
            self.seen[await socket.closed()] += 1


class NumberGuesser(Attack):
    """Session numbers by chance, each from a network of its own: the limit of an address does not help here."""

    work = 400

    async def once(self, number):
        guess = f"{random.randrange(10**9):09}"
        answer = await ask(self.port, joining(guess, "Mallory", f"2001:db8:{number:x}::1"))
        self.seen[answer.status] += 1


class Joiners(Attack):
    """The same number joined again and again, each time by another browser from another network."""

    work = 60

    def __init__(self, site, number):
        super().__init__(site)
        self._number = number

    async def once(self, number):
        answer = await ask(self.port, joining(self._number, f"Guest {number}", f"2001:db8:{number:x}::1"))
        self.seen[answer.status] += 1


def joining(number, name, address, **more):
    """The join form; the address counts behind a proxy of ours."""
    return form("/join/", {"number": number, "name": name, **more}, headers={"X-Forwarded-For": address})
