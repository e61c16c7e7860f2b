"""MeshCentral beside this product: remote support for people as well, one Node process and its launcher, NeDB.

Installed once from benchmarks/peers, and left as it comes but for what would reach out of the machine. It speaks plain
HTTP, as behind a proxy that ends TLS, and its certificates exist before a start is measured, as our keys do.
"""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from benchmarks import machine
from benchmarks.contenders import PATIENCE, Site
from benchmarks.installed import node_command, peers_folder
from benchmarks.load.dialects import MeshInterUser, MeshRelay

USER, PASSWORD = "admin", "Correct-horse-1"
SETTINGS = {
    # A name with a dot, or it looks for devices in the local network.
    "cert": "127.0.0.1",
    "wanOnly": True,
    "portBind": "127.0.0.1",
    "exactPorts": True,
    "redirPort": 0,
    "mpsPort": 0,
    "tlsOffload": True,
    "webRtcConfig": {"iceServers": []},
    "selfUpdate": False,
    "agentTimeStampServer": False,
    "autoBackup": False,
    "interUserMessaging": [f"user//{USER}"],
}


class MeshCentral(Site):
    """Its first page is the one to sign in on."""

    name = "MeshCentral"
    more = ()

    def __enter__(self):
        self.data = self.folder / "meshcentral"
        shutil.copytree(_prepared(self.folder.parent), self.data)
        write_config(self.data, self.port)
        return super().__enter__()

    def __exit__(self, *error):
        """The launcher ends at once, its server when it sees that."""
        family = machine.family(self.pid)
        super().__exit__(*error)
        _wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def command(self):
        return mesh_command(self.data, *self.more)

    def environment(self):
        return own_environment()


class MeshCentralPairs(MeshCentral):
    """Its relay, between two pages of a user who needs no password."""

    name = "MeshCentral, relay"
    more = ("--user", USER)
    dialect = MeshRelay()


class MeshCentralSessions(MeshCentralPairs):
    """Its messages to all sessions of a user."""

    name = "MeshCentral, inter-user"
    dialect = MeshInterUser()


def mesh_command(data, *more):
    # It would install what it misses by itself: it misses nothing, and has no npm.
    mesh = peers_folder() / "node_modules/meshcentral"
    return [*node_command(), mesh, "--datapath", data, "--npmpath", "false", *more]


def own_environment():
    """With nothing of a proxy's, which would have it look for one more package."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def write_config(data, port):
    settings = SETTINGS | {"port": port, "dataPath": str(data), "filesPath": str(data / "files")}
    config = {"settings": settings, "domains": {"": {"newAccounts": False}}}
    (data / "config.json").write_text(json.dumps(config))


def _prepared(root):
    """A data folder with an admin and all certificates; a start makes those that are missing."""
    data = root / "prepared-meshcentral"
    if data.exists():
        return data
    data.mkdir()
    port = machine.free_port()
    write_config(data, port)
    for order in (("--createaccount", USER, "--pass", PASSWORD), ("--adminaccount", USER)):
        run = {"env": own_environment(), "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([str(part) for part in mesh_command(data, *order)], **run)
    first = FirstStart(data, port)
    with first:
        pass
    return data


class FirstStart(MeshCentral):
    def __init__(self, data, port):
        super().__init__(data)
        self.data, self.port = data, port

    def __enter__(self):
        return Site.__enter__(self)


def _wait_until(done):
    give_up = time.perf_counter() + PATIENCE
    while not done():
        assert time.perf_counter() < give_up, "MeshCentral does not end"
        time.sleep(0.01)
