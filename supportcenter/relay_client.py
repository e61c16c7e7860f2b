"""A client of a relay, by the messages of STUN (RFC 8489) and TURN (RFC 8656), over UDP, TCP and TLS.

Each request is answered with OK or the relay's error code. OSError: no answer; ssl.SSLError: no TLS, or not with us.
"""

import hashlib
import hmac
import ipaddress
import secrets
import socket
import ssl
import struct
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple, Self

from supportcenter.relay_urls import RelayUrl

COOKIE = 0x2112A442
ALLOCATE, REFRESH, CREATE_PERMISSION, CHANNEL_BIND = 0x0003, 0x0004, 0x0008, 0x0009
SUCCESS, ERROR = 0x0100, 0x0110
USERNAME, INTEGRITY, ERROR_CODE, CHANNEL, LIFETIME, PEER = 0x0006, 0x0008, 0x0009, 0x000C, 0x000D, 0x0012
REALM, NONCE, RELAYED, FAMILY, TRANSPORT = 0x0014, 0x0015, 0x0016, 0x0017, 0x0019
UDP, TCP = 17, 6
V4, V6 = 1, 2
UNAUTHORIZED, STALE_NONCE = 401, 438
OK = 0
# Times that a datagram is sent, since it may be lost.
TRIES = 3
# Late answers to earlier requests.
MOST_STRAYS = 20
FIRST_CHANNEL = 0x4000

Address = IPv4Address | IPv6Address


class Peer(NamedTuple):
    address: Address
    port: int


Attributes = Sequence[tuple[int, bytes | Peer]]


class RelayClient:
    """One connection to a relay, from a port of its own."""

    def __init__(
        self, url: RelayUrl, user: str, password: str, *, patience: float = 5, trust: ssl.SSLContext | None = None
    ) -> None:
        self._datagrams = url.transport == "udp"
        self._socket = connected(url, patience, trust)
        self.server: Address = ipaddress.ip_address(self._socket.getpeername()[0].partition("%")[0])
        self._user, self._password = user.encode(), password.encode()
        self._realm = self._nonce = b""
        self.relayed: Peer | None = None
        self._channels = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """And give the path back."""
        try:
            if self.relayed:
                self.refresh(seconds=0)
        except OSError:
            pass
        finally:
            self._socket.close()

    def allocate(self, *, family: int = V4, transport: int = UDP) -> int:
        """Ask for a path; `relayed` is then where others reach it."""
        asked = [(TRANSPORT, bytes([transport, 0, 0, 0]))]
        if family == V6:
            asked.append((FAMILY, bytes([V6, 0, 0, 0])))
        return self._ask(ALLOCATE, asked)

    def refresh(self, seconds: int = 600) -> int:
        return self._ask(REFRESH, [(LIFETIME, struct.pack("!I", seconds))])

    def permit(self, address: str | Address, port: int = 4000) -> int:
        """Ask to be connected with the peer's address."""
        return self._ask(CREATE_PERMISSION, [(PEER, Peer(ipaddress.ip_address(address), port))])

    def bind(self, address: str | Address, port: int = 4000) -> int:
        """Ask for a channel to the peer."""
        self._channels += 1
        number = struct.pack("!HH", FIRST_CHANNEL + self._channels, 0)
        return self._ask(CHANNEL_BIND, [(CHANNEL, number), (PEER, Peer(ipaddress.ip_address(address), port))])

    def _ask(self, method: int, attributes: Attributes) -> int:
        """Ask, and again where the relay wants its nonce, or a new one; not for ever."""
        code, had_nonce = self._exchange(method, attributes), False
        for _again in range(TRIES):
            if code != STALE_NONCE and (code != UNAUTHORIZED or had_nonce):
                break
            had_nonce = True
            code = self._exchange(method, attributes)
        return code

    def _exchange(self, method: int, attributes: Attributes) -> int:
        transaction = secrets.token_bytes(12)
        kind, answer = self._answer_to(self._message(method, transaction, attributes), transaction)
        if kind & ERROR == SUCCESS:
            if RELAYED in answer:
                self.relayed = unmasked(answer[RELAYED], transaction)
            return OK
        # coturn counts the padding in.
        self._realm = answer.get(REALM, self._realm).rstrip(b"\0")
        self._nonce = answer.get(NONCE, self._nonce)
        return answer[ERROR_CODE][2] * 100 + answer[ERROR_CODE][3]

    def _message(self, method: int, transaction: bytes, attributes: Attributes) -> bytes:
        """Signed once the relay has given a nonce; the signature covers a head that counts the signature in."""
        body = b"".join(attribute(kind, masked(value, transaction)) for kind, value in attributes)
        if not self._nonce:
            return struct.pack("!HHI", method, len(body), COOKIE) + transaction + body
        known = [(USERNAME, self._user), (REALM, self._realm), (NONCE, self._nonce)]
        body += b"".join(attribute(*each) for each in known)
        whole = struct.pack("!HHI", method, len(body) + 24, COOKIE) + transaction + body
        # The protocol's own choice.
        key = hashlib.new("md5", b":".join([self._user, self._realm, self._password]), usedforsecurity=False).digest()
        return whole + attribute(INTEGRITY, hmac.digest(key, whole, "sha1"))

    def _answer_to(self, message: bytes, transaction: bytes) -> tuple[int, dict[int, bytes]]:
        for tries_left in reversed(range(TRIES if self._datagrams else 1)):
            self._socket.sendall(message)
            try:
                for _stray in range(MOST_STRAYS):
                    data = self._socket.recv(4096) if self._datagrams else self._whole_message()
                    if data[8:20] == transaction:
                        return parts_of(data)
            except TimeoutError:
                if not tries_left:
                    raise
        raise TimeoutError("the relay answers something else")

    def _whole_message(self) -> bytes:
        head = self._exactly(20)
        return head + self._exactly(struct.unpack("!H", head[2:4])[0])

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._socket.recv(size - len(data))
            if not more:
                raise ConnectionResetError("the relay hung up")
            data += more
        return data


def connected(url: RelayUrl, patience: float, trust: ssl.SSLContext | None) -> socket.socket:
    if url.transport == "udp":
        family, kind, protocol, _name, address = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_DGRAM)[0]
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(patience / TRIES)
        plain.connect(address)
        return plain
    plain = socket.create_connection((url.host, url.port), timeout=patience)
    if url.transport == "tcp":
        return plain
    try:
        return (trust or ssl.create_default_context()).wrap_socket(plain, server_hostname=url.host)
    except BaseException:
        plain.close()
        raise


def parts_of(message: bytes) -> tuple[int, dict[int, bytes]]:
    """Its kind, and its attributes."""
    kind, length = struct.unpack("!HH", message[:4])
    attributes, at = {}, 20
    while at < 20 + length:
        each, size = struct.unpack("!HH", message[at : at + 4])
        attributes[each] = message[at + 4 : at + 4 + size]
        at += 4 + size + -size % 4
    return kind, attributes


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + b"\0" * (-len(value) % 4)


def masked(value: bytes | Peer, transaction: bytes) -> bytes:
    """An address goes mixed: its port with the cookie, itself with the cookie and the transaction."""
    if isinstance(value, bytes):
        return value
    head = struct.pack("!BBH", 0, V4 if value.address.version == 4 else V6, value.port ^ (COOKIE >> 16))
    return head + mixed(value.address.packed, transaction)


def unmasked(value: bytes, transaction: bytes) -> Peer:
    port = struct.unpack("!H", value[2:4])[0] ^ (COOKIE >> 16)
    return Peer(ipaddress.ip_address(mixed(value[4:], transaction)), port)


def mixed(packed: bytes, transaction: bytes) -> bytes:
    mask = struct.pack("!I", COOKIE) + transaction
    return bytes(one ^ other for one, other in zip(packed, mask, strict=False))
