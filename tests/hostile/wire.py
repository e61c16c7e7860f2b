"""HTTP and WebSocket in as few instructions as will do: many clients in one process must not take the site's cores."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlencode

# Seconds, for what hangs.
PATIENCE = 120
TOKEN = "x" * 32
FORM = "application/x-www-form-urlencoded"
TEXT, CLOSE = 0x81, 0x88


class Answer(NamedTuple):
    status: int
    headers: dict
    content: bytes

    @property
    def text(self):
        return self.content.decode(errors="replace")

    @property
    def json(self):
        return json.loads(self.content)

    @property
    def error(self):
        """The facts of a refusal; none if this is no refusal of the site's own."""
        with suppress(ValueError, LookupError, TypeError):
            return dict(self.json["error"])
        return {}


# ---- HTTP -------------------------------------------------------------------------------------------------------


def request(method, path, *, cookie="", body=b"", headers=()):
    """One request after which the connection is closed, as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in dict(headers).items()]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode("latin1") + body


def form(path, fields, *, cookie="", headers=()):
    """A form with its token, sent as the pages' scripts send it."""
    more = {"Content-Type": FORM, "X-CSRFToken": TOKEN, **dict(headers)}
    cookies = "; ".join(filter(None, [cookie, f"csrftoken={TOKEN}"]))
    return request("POST", path, cookie=cookies, body=urlencode(fields).encode(), headers=more)


@asynccontextmanager
async def connection(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def ask(port, prepared):
    """Send a prepared request and return its answer. Raises OSError or TimeoutError if none comes."""
    async with asyncio.timeout(PATIENCE), connection(port) as (reader, writer):
        writer.write(prepared)
        return answer_in(await reader.read())


def answer_in(said):
    head, _, body = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin1").split("\r\n")
    if not first.startswith("HTTP/"):
        raise ConnectionResetError("closed without an answer")
    headers = (line.split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), {name.lower(): value for name, value in headers}, body)


# ---- WebSocket --------------------------------------------------------------------------------------------------


def frame(message):
    """A text frame, as bytes. Its mask is zero, so that it can be made once and sent by everybody."""
    payload = json.dumps(message).encode()
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2)
    return bytes([TEXT]) + length + bytes(4) + payload


def follow(after, page):
    return frame({"frame": "follow", "after": after, "page": page, "secret": page})


class RawSocket:
    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    async def send(self, prepared):
        self._writer.write(prepared)
        await self._writer.drain()

    async def receive(self):
        """(opcode, payload) of the next frame. Raises OSError or EOFError when there is none."""
        first, second = await self._reader.readexactly(2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8))
        return first, await self._reader.readexactly(size)

    async def closed(self):
        """The code with which the server closes, whatever it says before; None if it just goes."""
        with suppress(OSError, EOFError):
            while True:
                opcode, payload = await self.receive()
                if opcode == CLOSE:
                    return int.from_bytes(payload[:2])
        return None


class NotUpgraded(ConnectionResetError):
    """The server answered a handshake as any other request."""

    def __init__(self, answer):
        self.status = answer.status
        super().__init__(answer)


@asynccontextmanager
async def raw_socket(port, path, *, cookie="", headers=()):
    """A socket whose handshake has been accepted. Raises OSError or EOFError otherwise."""
    upgrade = {
        "Origin": f"http://127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        **dict(headers),
    }
    head = request("GET", path, cookie=cookie, headers=upgrade).replace(b"Connection: close", b"Connection: Upgrade")
    async with connection(port) as (reader, writer):
        writer.write(head.replace(b"Host: localhost", f"Host: 127.0.0.1:{port}".encode()))
        said = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in said.split(b"\r\n")[0]:
            raise NotUpgraded(answer_in(said))
        yield RawSocket(reader, writer)
