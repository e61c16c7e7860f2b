"""A small server of the tests' own, and what the site says to its doctor."""

import socket
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

from supportcenter.serving import probe


@contextmanager
def answering(answer, *, context=None):
    """Something that says this to everybody who connects, or what it makes of the request; yields its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            try:
                connection = context.wrap_socket(connection, server_side=True) if context else connection
                request = connection.recv(65536)
                connection.sendall(answer(request) if callable(answer) else answer)
            except OSError:
                pass
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    with server:
        yield f"{'https' if context else 'http'}://localhost:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def as_the_site(request, *, sockets=True):
    """What the site answers to its doctor."""
    head, *lines = request.decode("latin1").split("\r\n")
    if "Upgrade: websocket" in lines:
        return b"HTTP/1.1 101 Switching Protocols\r\n\r\n" if sockets else b"HTTP/1.1 400 Bad Request\r\n\r\n"
    headers = [
        (name.lower().encode(), value.strip().encode()) for name, _, value in (line.partition(":") for line in lines)
    ]
    scope = {"query_string": urlsplit(head.split()[1]).query.encode(), "headers": headers}
    body = probe.answer_to(probe.asked_by(scope), scope)
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
