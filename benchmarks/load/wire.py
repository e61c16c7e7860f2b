"""A browser's WebSocket, as little of it as measuring takes (RFC 6455): text frames, pings answered, closes raised."""

import socket

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{cookie}\r\n"
)
PING, PONG, CLOSE = 9, 10, 8
PATIENCE = 30


class Closed(Exception):  # noqa: N818 - what happened
    """The server closed, with this code."""


def as_frame(text, opcode=1):
    """Masked as from every browser; with zeros, which leave the text as it is."""
    length = len(text)
    if length < 126:
        head = bytes((0x80 | opcode, 0x80 | length))
    else:
        head = bytes((0x80 | opcode, 0x80 | 126)) + length.to_bytes(2, "big")
    return head + b"\0\0\0\0" + text


class Wire:
    def __init__(self, port, path, *, cookie="", receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""
        cookie = f"Cookie: {cookie}\r\n" if cookie else ""
        self.socket.sendall(HANDSHAKE.format(path=path, port=port, cookie=cookie).encode())
        self._read_answer()

    def send(self, text, opcode=1):
        self.socket.sendall(as_frame(text, opcode))

    def read(self):
        """The texts that have arrived; waits for the first."""
        data = self.socket.recv(262144)
        if not data:
            raise Closed(None)
        return self._frames(self._rest + data)

    def wait_for(self, sign):
        """Read on until a text with this in it; return it."""
        # The first may have come together with the answer to the handshake.
        texts = self._frames(self._rest)
        while not (found := [text for text in texts if sign in text]):
            texts = self.read()
        return found[0]

    def close(self):
        self.socket.close()

    def _read_answer(self):
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._some()
        head, _, self._rest = answer.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise Closed(head.decode())

    def _some(self):
        data = self.socket.recv(65536)
        if not data:
            raise Closed(None)
        return data

    def _frames(self, data):
        texts, start, size = [], 0, len(data)
        while size - start >= 2:
            opcode, length, head = data[start] & 15, data[start + 1], start + 2
            if length > 125:
                width = 2 if length == 126 else 8
                length, head = int.from_bytes(data[head : head + width], "big"), head + width
            if head + length > size:
                break
            text = data[head : head + length]
            start = head + length
            if opcode < CLOSE:
                texts.append(text)
            else:
                self._obey(opcode, text)
        self._rest = data[start:]
        return texts

    def _obey(self, opcode, text):
        if opcode == PING:
            self.send(text, PONG)
        elif opcode == CLOSE:
            raise Closed(int.from_bytes(text[:2], "big"))
