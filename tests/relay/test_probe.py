"""What the doctor says of a real relay: when it is well, and for each thing that can be wrong with it."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from sessions_app.rules.ice import IceSettings, turn_credentials
from supportcenter.doctor import Level
from supportcenter.relay_probe import Credential, probe
from tests.relay.relay import SECRET, Certificates, Relay
from tests.relay.test_start import trust
from tests.services import free_port
from tests.source import ROOT

pytestmark = pytest.mark.process


def credential(seconds=None, *, secret=SECRET, ahead=0):
    """Of a site whose relay's clock is so many seconds ahead."""
    settings = IceSettings([], [], secret, seconds or 600, relay_only=True)
    now = datetime.now(UTC) - timedelta(seconds=ahead)
    return Credential(**turn_credentials("doctor", now=now, settings=settings))


def told(url, credential=credential, **options):
    [finding] = probe(url, credential, **options)
    assert bool(finding.do) == (finding.level is not Level.OK)
    return finding.level, finding.words.replace(url, "it"), finding.do


@pytest.fixture(scope="module")
def relay(home_of_all):
    certificates = Certificates(home_of_all)
    certificates.issue()
    with Relay(home_of_all) as relay:
        relay.certificates = certificates
        yield relay


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_relay_that_is_well(relay, transport):
    found = told(relay.url(transport), trust=trust(relay.certificates))
    assert found == (Level.OK, "it opens a path", "")


@pytest.mark.parametrize(("transport", "protocol"), [("udp", "UDP"), ("tcp", "TCP"), ("tls", "TCP")])
def test_address_where_nothing_answers_names_port_and_protocol(transport, protocol):
    port = free_port()
    url = f"turns:127.0.0.1:{port}" if transport == "tls" else f"turn:127.0.0.1:{port}?transport={transport}"
    level, words, do = told(url)
    assert (level, words) == (Level.FAIL, "it does not answer")
    assert f"port {port}, {protocol}" in do
    assert ("certificate" in do) == (transport == "tls")


def test_wrong_secret(relay):
    level, words, do = told(relay.url("udp"), lambda seconds: credential(seconds, secret="another"))
    assert (level, words) == (Level.FAIL, "it refuses the site’s credentials")
    assert "TURN_SECRET" in do


def test_clock_that_is_ahead_is_no_wrong_secret(relay):
    level, words, do = told(relay.url("udp"), lambda seconds: credential(seconds, ahead=3600))
    assert (level, words) == (Level.FAIL, "it considers the site’s credentials expired: its clock is ahead")
    assert "NTP" in do


def test_certificate_that_browsers_do_not_trust(relay):
    assert told(relay.url("tls"))[:2] == (Level.FAIL, "it: browsers do not trust the certificate")


@pytest.mark.parametrize(
    ("issued", "fault"),
    [
        ({"names": "DNS:another.test"}, "the certificate is for another host"),
        ({"days": "-1"}, "the certificate has expired"),
    ],
)
def test_certificate_that_is_wrong(home, issued, fault):
    certificates = Certificates(home)
    certificates.issue(**issued)
    with Relay(home) as relay:
        relay.wait_for(relay.tls_port)
        found = told(relay.url("tls"), trust=trust(certificates))
    assert found[:2] == (Level.FAIL, f"it: {fault}")


def test_host_that_there_is_not():
    assert told("turn:relay.invalid")[:2] == (Level.FAIL, "it: there is no such host")


# In a network of its own: the relay has a public address in front of it, and a private one of its own.
BEHIND_TRANSLATION = """
import sys
from pathlib import Path
import django
django.setup()
from supportcenter.relay_probe import probe
from tests.relay.relay import Relay
from tests.relay.test_probe import credential

with Relay(Path(sys.argv[1]), "--listening-ip=9.9.9.9", "--relay-ip=10.9.0.5", tls=False, loopback=False,
           TURN_EXTERNAL_IP="9.9.9.9") as relay:
    relay.wait_for_udp("9.9.9.9")
    for finding in probe(relay.url("udp", "9.9.9.9"), credential):
        print(finding.level.name, finding.words)
    with relay.client(host="9.9.9.9") as client:
        print(client.allocate(), client.relayed.address, client.permit("10.9.0.5"), client.permit("8.8.8.8"))
"""


def test_relay_behind_translation_hands_out_its_public_address_and_keeps_the_private_one(home):
    said = in_a_network_of_its_own(BEHIND_TRANSLATION, home)
    assert said[0].startswith("WARN turn:9.9.9.9:")
    assert said[0].endswith("works, but not between two people who both use it")
    assert said[1:] == ["0 9.9.9.9 403 0"]


WITHOUT_EXTERNAL_ADDRESS = BEHIND_TRANSLATION.replace(
    "with Relay(", "import tests.relay.relay as shipped\nshipped.START = sys.argv[1] + '/start.sh'\nwith Relay("
)


def test_relay_that_hands_out_its_private_address(home):
    """As coturn is by itself: start.sh lets nobody leave the public address out."""
    script = (ROOT / "deploy/coturn/start.sh").read_text()
    (home / "start.sh").write_text(script.replace('"external-ip=$address"', ""))
    shutil.copy(ROOT / "deploy/coturn/turnserver.conf", home)
    said = in_a_network_of_its_own(WITHOUT_EXTERNAL_ADDRESS, home)
    assert said[0].startswith("FAIL turn:9.9.9.9:")
    assert said[0].endswith("hands out 10.9.0.5, which no one outside reaches")


# Its own public address, and another one that leads nowhere, as that of a bridge of Docker's.
BESIDE_A_BRIDGE = BEHIND_TRANSLATION.replace('"--relay-ip=10.9.0.5", ', "").replace('10.9.0.5"', '8.8.8.8"')


def test_paths_begin_at_the_public_address_where_the_machine_has_it(home):
    """Else coturn may take another address of the machine, and says the public one nevertheless."""
    said = in_a_network_of_its_own(BESIDE_A_BRIDGE, home)
    assert said[0].startswith("OK turn:9.9.9.9:")


def in_a_network_of_its_own(code, home):
    set_up = "ip link set lo up && ip address add 9.9.9.9/32 dev lo && ip address add 10.9.0.5/32 dev lo"
    set_up += " && ip route add 8.8.8.8 dev lo"
    command = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    run = subprocess.run(
        [*command, "sh", "-c", f'{set_up} && exec "$@"', "sh", sys.executable, "-c", code, home],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "supportcenter.settings"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()
