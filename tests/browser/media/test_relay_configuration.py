"""The configuration we ship: what it refuses to forward to."""

import subprocess
from datetime import UTC, datetime

import pytest

from sessions_app.rules.ice import IceSettings, turn_credentials
from tests.browser.media.programs import need
from tests.browser.media.turn import Turn
from tests.browser.site import ROOT

SHIPPED = ROOT / "deploy/coturn/turnserver.conf"
# What differs on a test machine: where it listens, and the ports. What is forwarded to is as shipped.
OURS = {"listening-port", "min-port", "max-port", "no-loopback-peers"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    lines = [line for line in SHIPPED.read_text().splitlines() if line.split("=")[0] not in OURS]
    turn = Turn(tmp_path_factory.mktemp("shipped"), configuration="\n".join(lines))
    yield turn
    turn.stop()


def try_to_reach(turn, peer):
    """What coturn's own client is told when it asks for a way to `peer`."""
    client = need("turnutils_uclient", package="coturn")
    settings = IceSettings([], [], turn.secret, 600, relay_only=True)
    who = turn_credentials("participant.7", now=datetime.now(UTC), settings=settings)
    command = [client, "-u", who["username"], "-w", who["credential"], "-p", str(turn.port)]
    command += ["-e", peer, "-n", "1", "-m", "1", "-c", "127.0.0.1"]
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    return told.stdout


@pytest.mark.parametrize("peer", ["10.0.0.1", "192.168.1.1", "172.16.5.5", "169.254.169.254", "127.0.0.1"])
def test_private_addresses_are_not_forwarded_to(shipped, peer):
    assert "403" in try_to_reach(shipped, peer)
