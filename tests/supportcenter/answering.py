"""A small server of the tests' own."""

import socket
import threading
from contextlib import contextmanager


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
