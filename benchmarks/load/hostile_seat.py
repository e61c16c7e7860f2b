"""`python -m benchmarks.load.hostile_seat`: one customer opens sockets without end, and floods through each.

As cheap as can be: every byte is prepared, nothing is read but whether the server lets the socket in and why it ends.
"""

import asyncio
from collections import Counter

from benchmarks.load.beside import serve_load
from benchmarks.load.dialects import Product
from benchmarks.load.wire import HANDSHAKE, as_frame

# Signals through each socket as soon as it is open, and again so often until it is closed: at a hundred sockets a
# second, five thousand a second.
FLOOD, AGAIN = 50, 0.1
CLOSE = b"\x88\x02"


class Attempt(asyncio.Protocol):
    def __init__(self, hello, flood, counts):
        self.hello, self.flood, self.counts = hello, flood, counts
        self.is_in = False

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.hello[0])

    def data_received(self, data):
        if not self.is_in and b" 101 " in data[:16]:
            self.is_in = True
            self.transport.write(self.hello[1])
            self._flood()
        # A close frame is the last thing that a server says.
        if data[-4:-2] == CLOSE:
            self.counts[f"closed with {int.from_bytes(data[-2:], 'big')}"] += 1
            self.transport.close()

    def _flood(self):
        if not self.transport.is_closing():
            self.counts["signals"] += FLOOD
            self.transport.write(self.flood)
            asyncio.get_running_loop().call_later(AGAIN, self._flood)


async def attack(end, *, port, path, cookie, after, rate):
    """So many sockets a second, whether or not the server answers; half of them say that they are the same page."""
    handshake = HANDSHAKE.format(path=path, port=port, cookie=f"Cookie: {cookie}\r\n").encode()
    flood = as_frame(Product().text(frame="signal", type="typing", to=None, data=True)) * FLOOD
    counts, loop = Counter(attempted=0, signals=0), asyncio.get_running_loop()
    open_sockets, began = set(), loop.time()
    while not end.is_set():
        due = began + counts["attempted"] / rate
        await asyncio.sleep(due - loop.time())
        page = "page" if counts["attempted"] % 2 else f"page-{counts['attempted']}"
        follow = as_frame(Product().text(frame="follow", after=after, page=page, secret=page))
        attempt = Attempt((handshake, follow), flood, counts)
        counts["attempted"] += 1
        task = loop.create_task(loop.create_connection(lambda attempt=attempt: attempt, "127.0.0.1", port))
        open_sockets.add(task)
        task.add_done_callback(open_sockets.discard)
    return counts


if __name__ == "__main__":
    serve_load(attack)
