"""Scans files for viruses by clamd's INSTREAM command: each chunk after its length, and a zero at the end."""

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

PIECE = 64 * 1024
# Seconds without an answer.
PATIENCE = 120


class ScannerError(Exception):
    """The scanner cannot be reached, or did not say clearly whether the file is clean."""


def find_virus(file: BinaryIO, address: str) -> str | None:
    """The name of the virus in the open file, or None if it is clean. Raises ScannerError if neither is certain."""
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


def ping(address: str) -> None:
    """Raises ScannerError unless the scanner answers."""
    try:
        with _connected(address) as connection:
            connection.sendall(b"zPING\0")
            answer = connection.recv(64)
    except OSError as error:
        raise ScannerError(str(error)) from error
    if not answer.startswith(b"PONG"):
        raise ScannerError(answer.decode(errors="replace") or "no answer")


def _ask(connection: socket.socket, file: BinaryIO) -> str:
    try:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
    except ConnectionError:
        # It closes the connection on a file that is too large for it, and has said so before.
        pass
    answer = b""
    while piece := connection.recv(4096):
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connected(address: str) -> socket.socket:
    """`tcp://host:3310` or `unix:///path`"""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        connection.connect(parts.path)
        return connection
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)
