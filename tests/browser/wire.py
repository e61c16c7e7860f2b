"""A cable between one person's browser and the site, for a test to cut, or to let lose everything without a word.

It can also answer in the site's place, as a proxy does whose site is just restarting.
"""

import re
import socket
import threading
import time
from contextlib import suppress


class Wire:
    """`rate` is how many bytes a second it carries in each direction; without one, as many as come."""

    def __init__(self, site, rate=None):
        self._rate = rate
        self._port = int(site.url.rpartition(":")[2])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._is_cut = self._is_frozen = False
        self._spoilt = ["", 0]
        # The paths that were answered so.
        self.spoilt = []
        self._ends = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.cut()
        self._listener.close()

    def cut(self):
        """Connections die at once, and none comes about."""
        self._is_cut = True
        self._drop_all()

    def freeze(self):
        """Nothing is carried any more, and nobody is told: as when a train goes into a tunnel."""
        self._is_frozen = True

    def mend(self):
        """New connections come about; what was frozen has lost its place for good."""
        if self._is_frozen:
            self._drop_all()
        self._is_cut = self._is_frozen = False
        self._spoilt = ["", 0]

    def spoil(self, path, times=None):
        """Answer 502 to the next so many requests whose path has this in it; without a number until it is mended."""
        self._spoilt = [path, times]

    def _drop_all(self):
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _hang_up(end)

    def _serve(self):
        with suppress(OSError):
            while True:
                self._connect(self._listener.accept()[0])

    def _connect(self, near):
        with self._lock:
            if self._is_cut:
                _hang_up(near)
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                _hang_up(near)
                return
            self._ends |= {near, far}
        for source, target, judge in ((near, far, self._is_spoilt), (far, near, lambda data: False)):
            threading.Thread(target=self._carry, args=(source, target, judge), daemon=True).start()

    def _is_spoilt(self, data):
        """A browser sends one request at a time, so what begins like one is one."""
        path, times = self._spoilt
        asked = re.match(rb"[A-Z]+ (\S+) HTTP/1.1\r\n", data)
        if not (path and asked and path in asked[1].decode()) or times == 0:
            return False
        self._spoilt = [path, times and times - 1]
        self.spoilt.append(asked[1].decode())
        return True

    def _carry(self, source, target, is_spoilt):
        with suppress(OSError):
            while data := source.recv(65536):
                if is_spoilt(data):
                    _answer_badly(source)
                    break
                if not self._is_frozen:
                    target.sendall(data)
                if self._rate:
                    time.sleep(len(data) / self._rate)
        for end in (source, target):
            _hang_up(end)
        with self._lock:
            self._ends -= {source, target}


def _answer_badly(end):
    end.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    end.shutdown(socket.SHUT_WR)
    # Hanging up on what is still being sent would take the answer away.
    while end.recv(65536):
        pass


def _hang_up(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
