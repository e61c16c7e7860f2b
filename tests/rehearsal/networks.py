"""Machines that are network namespaces: one that everybody reaches, services behind it, people with a line to it.

The public machine has an address on the people's lines and a bridge to the services, and forwards nothing. The
addresses are public ones, since the relay refuses others; nothing leaves this computer.
"""

import shutil
import subprocess
from pathlib import Path

PUBLIC = "11.0.0.1"
INSIDE = "172.31.9"


class Networks:
    def __init__(self, mark):
        self._mark = mark
        self._inside = {}
        self._made = []
        self.host = f"{mark}-host"

    def begin(self):
        """The public machine, and the bridge behind it."""
        self._add("host")
        self._ip("address", "add", f"{PUBLIC}/32", "dev", "lo", inside=self.host)
        self._ip("link", "add", "inside", "type", "bridge", inside=self.host)
        self._ip("address", "add", f"{INSIDE}.1/24", "dev", "inside", inside=self.host)
        self._ip("link", "set", "inside", "up", inside=self.host)

    def service(self, name):
        """A machine behind the public one; all services know it by its name."""
        space = self._add(name)
        address = f"{INSIDE}.{10 + len(self._inside)}"
        self._connect(space, f"{address}/24", near="inside")
        # As from a container: the public address is reached too.
        self._ip("route", "add", "default", "via", f"{INSIDE}.1", inside=space)
        self._inside[name] = address
        return space

    def person(self, name, *, line):
        """Somebody's machine at the end of a line: it reaches the public machine, and that forwards nothing."""
        space = self._add(name)
        network = f"11.0.{line}"
        self._connect(space, f"{network}.2/24", own=f"{network}.1/24")
        self._ip("route", "add", "default", "via", f"{network}.1", inside=space)
        return space

    def named(self, space, **names):
        """What that machine knows by name."""
        folder = Path("/etc/netns") / space
        folder.mkdir(parents=True, exist_ok=True)
        lines = ["127.0.0.1 localhost", *(f"{address} {name}" for name, address in names.items())]
        (folder / "hosts").write_text("\n".join(lines) + "\n")

    @property
    def inside(self):
        return dict(self._inside)

    def close(self):
        for space in reversed(self._made):
            subprocess.run(["ip", "netns", "delete", space], check=False)
            shutil.rmtree(Path("/etc/netns") / space, ignore_errors=True)

    def _add(self, name):
        space = f"{self._mark}-{name}"
        self._ip("netns", "add", space)
        self._made.append(space)
        self._ip("link", "set", "lo", "up", inside=space)
        return space

    def _connect(self, space, address, *, near=None, own=None):
        wire = f"wire{len(self._made)}"
        self._ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", space, inside=self.host)
        self._ip("address", "add", address, "dev", "eth0", inside=space)
        if near:
            self._ip("link", "set", wire, "master", near, inside=self.host)
        else:
            self._ip("address", "add", own, "dev", wire, inside=self.host)
        self._ip("link", "set", "eth0", "up", inside=space)
        self._ip("link", "set", wire, "up", inside=self.host)

    def _ip(self, *words, inside=None):
        subprocess.run(["ip", *(["-n", inside] if inside else []), *words], check=True)
