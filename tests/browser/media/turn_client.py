"""A client of the relay, by the messages of STUN (RFC 8489) and TURN (RFC 8656): it tells what it was answered."""

import hashlib
import hmac
import ipaddress
import secrets
import socket
import struct

COOKIE = 0x2112A442
ALLOCATE, REFRESH, CREATE_PERMISSION = 0x0003, 0x0004, 0x0008
SUCCESS, ERROR = 0x0100, 0x0110
USERNAME, INTEGRITY, ERROR_CODE, LIFETIME, PEER = 0x0006, 0x0008, 0x0009, 0x000D, 0x0012
REALM, NONCE, FAMILY, TRANSPORT = 0x0014, 0x0015, 0x0017, 0x0019
UDP, TCP = 17, 6
V4, V6 = 1, 2
NEEDS_A_NONCE, STALE_NONCE = 401, 438
OK = 0
ADDRESSES = (ipaddress.IPv4Address, ipaddress.IPv6Address)
# Of every peer.
PORT = 4000


class TurnClient:
    """One connection to the relay, from a port of its own; each method returns OK or the error code."""

    def __init__(self, port, credentials, *, over_tcp=False):
        kind = socket.SOCK_STREAM if over_tcp else socket.SOCK_DGRAM
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.settimeout(10)
        self._socket.connect(("127.0.0.1", port))
        self._user, self._password = credentials["username"].encode(), credentials["credential"].encode()
        self._realm = self._nonce = b""

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        """And give the path back."""
        self.refresh(seconds=0)
        self._socket.close()

    def allocate(self, *, family=V4, transport=UDP):
        asked = [(TRANSPORT, bytes([transport, 0, 0, 0]))]
        if family == V6:
            asked.append((FAMILY, bytes([V6, 0, 0, 0])))
        return self._ask(ALLOCATE, asked)

    def refresh(self, seconds=600):
        return self._ask(REFRESH, [(LIFETIME, struct.pack("!I", seconds))])

    def permit(self, peer):
        """Ask to be connected with the peer's address."""
        return self._ask(CREATE_PERMISSION, [(PEER, ipaddress.ip_address(peer))])

    def _ask(self, method, attributes):
        """Ask, and again where the relay wants its nonce, or a new one."""
        code, had_nonce = self._exchange(method, attributes), False
        while code == STALE_NONCE or (code == NEEDS_A_NONCE and not had_nonce):
            had_nonce = True
            code = self._exchange(method, attributes)
        return code

    def _exchange(self, method, attributes):
        transaction = secrets.token_bytes(12)
        self._socket.send(self._message(method, transaction, attributes))
        kind, answer = self._answer()
        if kind & ERROR == SUCCESS:
            return OK
        self._realm = answer.get(REALM, self._realm).rstrip(b"\0")
        self._nonce = answer.get(NONCE, self._nonce)
        return answer[ERROR_CODE][2] * 100 + answer[ERROR_CODE][3]

    def _message(self, method, transaction, attributes):
        """Signed once the relay has given a nonce; the signature covers a head that counts the signature in."""
        body = b"".join(_attribute(type, _masked(value, transaction)) for type, value in attributes)
        if not self._nonce:
            return struct.pack("!HHI", method, len(body), COOKIE) + transaction + body
        known = [(USERNAME, self._user), (REALM, self._realm), (NONCE, self._nonce)]
        body += b"".join(_attribute(*each) for each in known)
        whole = struct.pack("!HHI", method, len(body) + 24, COOKIE) + transaction + body
        key = hashlib.new("md5", b":".join([self._user, self._realm, self._password]), usedforsecurity=False).digest()
        return whole + _attribute(INTEGRITY, hmac.digest(key, whole, hashlib.sha1))

    def _answer(self):
        """Over TCP the relay answers one request at a time, in one piece."""
        data = self._socket.recv(4096)
        kind, length = struct.unpack("!HH", data[:4])
        attributes, at = {}, 20
        while at < 20 + length:
            each, size = struct.unpack("!HH", data[at : at + 4])
            attributes[each] = data[at + 4 : at + 4 + size]
            at += 4 + size + -size % 4
        return kind, attributes


def _masked(value, transaction):
    """An address goes mixed: its port with the cookie, itself with the cookie and the transaction."""
    if not isinstance(value, ADDRESSES):
        return value
    mask = struct.pack("!I", COOKIE) + transaction
    mixed = bytes(one ^ other for one, other in zip(value.packed, mask, strict=False))
    return struct.pack("!BBH", 0, V4 if value.version == 4 else V6, PORT ^ (COOKIE >> 16)) + mixed


def _attribute(type, value):
    return struct.pack("!HH", type, len(value)) + value + b"\0" * (-len(value) % 4)
