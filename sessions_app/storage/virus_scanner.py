"""Asking a virus scanner, by clamd's INSTREAM: the length of each piece, the piece, and a zero at the end."""

import socket
import struct
from urllib.parse import urlsplit

PIECE = 64 * 1024
# Seconds without a word.
PATIENCE = 120


class ScannerError(Exception):
    """It cannot be reached, or did not say clearly that the file is clean or not."""


def find_virus(file, address):
    """The name of what was found in the open file, or None. Raises ScannerError: what nobody looked at is not clean."""
    try:
        with _connected(address) as connection:
            answer = _ask(connection, file)
    except OSError as error:
        raise ScannerError(str(error)) from error
    if answer.endswith(" OK"):
        return None
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerError(answer or "no answer")


def _ask(connection, file):
    try:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
    except ConnectionError:
        # It hangs up on what is too long for it, and has said so before.
        pass
    answer = b""
    while piece := connection.recv(4096):
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connected(address):
    """`tcp://host:3310` or `unix:///path`"""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        connection.connect(parts.path)
        return connection
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)
