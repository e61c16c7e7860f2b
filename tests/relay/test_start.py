"""The script that starts the relay: what it refuses, what nobody sees, and a certificate that comes and is renewed."""

import os
import signal
import ssl
import subprocess
import warnings
from pathlib import Path

import pytest

from supportcenter.relay_client import OK
from tests.browser.media.people import until
from tests.relay.relay import HOST, PATIENCE, SECRET, START, Certificates, Relay, relay_environment
from tests.relay.test_configuration import FORBIDDEN
from tests.services import go_without

pytestmark = pytest.mark.process


def refused(home, **settings):
    run = subprocess.run(
        ["sh", START], env=relay_environment(home, **settings), capture_output=True, text=True, timeout=PATIENCE
    )
    return run.returncode, run.stdout + run.stderr


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "8.8.4.4/10.0.0.5",
            "8.8.4.4/8.8.8.8",
            "relay.example.org",
            "8.8.4",
            "8.8.4.4.4",
            "8.8.4.256",
            "08.8.4.4",
        ),
        *("0.0.0.0", "10.0.0.5", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.0.2.1"),
        *("192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255", "8.8.4.4:3478"),
        *("::1", "::", "fe80::1", "fd00::1", "ff02::1", "2001:db8::1", "2001::1", "2002:808:808::1", "3fff::1"),
        *("2a00:::1", "2a00::1::2", "2a00:1:2:3:4:5:6:7:8", "2a00:1:2", "2a00::12345", "2a00::g", "[2a00::1]", "2a00:"),
        *("::ffff:8.8.4.4", "8.8.4.4 8.8.8.8", "8.8.4.4\nno-auth"),
    ],
)
def test_address_that_is_not_public_alone_is_refused(home, address):
    code, said = refused(home, TURN_EXTERNAL_IP=address)
    assert (code, said.count("relay: TURN_EXTERNAL_IP: ")) == (2, 1)
    assert "coturn" not in said.lower() or "/" in address


@pytest.mark.parametrize(
    "address", ["8.8.4.4", "172.32.0.1", "100.63.255.255", "2a00::1", "2A00:1:2:3:4:5:6:7", "2001:200::"]
)
def test_public_address_is_handed_to_coturn(home, address):
    with Relay(home, tls=False, TURN_EXTERNAL_IP=address) as relay:
        assert relay.complaints() == []
        assert f"external-ip={address}\n" in configuration(home)


@pytest.mark.parametrize("secret", ["", "short", f"{SECRET}\nno-auth", f"{SECRET} x", f"“{SECRET}”"])
def test_secret_that_the_site_would_not_take_is_refused(home, secret):
    code, said = refused(home, TURN_SECRET=secret)
    assert (code, said.count("relay: TURN_SECRET: ")) == (2, 1)


def no_tls(home):
    return (
        f"relay: NO TLS: there is no certificate of “{HOST}” in {home}/caddy. Networks that let only TLS through "
        "cannot use the relay (turns:, port 5349). It starts as soon as there is one"
    )


def configuration(home):
    [file] = home.glob("relay.*/turnserver.conf")
    return file.read_text()


def test_secret_is_on_no_command_line_and_in_no_environment_of_coturn(home, program):
    with Relay(home, program=program, tls=False) as relay:
        [pid] = [int(file.read_text()) for file in home.glob("relay.*/relay")]
        assert SECRET in configuration(home)
        assert SECRET.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
        assert SECRET.encode() not in Path(f"/proc/{pid}/environ").read_bytes()
        [folder] = home.glob("relay.*/")
        assert folder.stat().st_mode & 0o077 == 0
        assert relay.stop() == 0
    assert list(home.glob("relay.*/")) == []


def test_without_a_certificate_it_says_so_and_nothing_else(home, program):
    with Relay(home, program=program, tls=False) as relay:
        assert no_tls(home) in relay.said().splitlines()
        assert relay.complaints() == []
        with relay.client() as browser:
            assert browser.allocate() == OK
            assert browser.permit("10.0.0.1") == FORBIDDEN


def test_certificate_that_comes_later_is_taken_and_a_renewed_one_ends_no_call(home, program):
    certificates = Certificates(home)
    with Relay(home, program=program) as relay:
        certificates.issue()
        relay.wait_for(relay.tls_port)
        first = seen(relay, certificates)
        relay_of_the_call = [file.read_text() for file in home.glob("relay.*/relay")]
        with relay.client("tls", trust=trust(certificates)) as call:
            assert call.allocate() == OK

            certificates.issue()

            assert until(lambda: seen(relay, certificates) != first)
            assert call.permit("8.8.8.8") == OK
        assert [file.read_text() for file in home.glob("relay.*/relay")] == relay_of_the_call


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_not_spoken(relay, version):
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        old.minimum_version = old.maximum_version = version
    with pytest.raises((ssl.SSLError, ConnectionError)):
        relay.client("tls", trust=old)


def test_folder_that_coturn_cannot_read_starts_nothing(home):
    """Without its configuration coturn would serve everybody."""
    need_root()
    home.chmod(0o700)
    code, said = refused(home)
    assert (code, said.count("relay: coturn cannot read")) == (2, 1)


def need_root():
    if os.geteuid():
        go_without("without being root, coturn runs as the account that started it")


def test_relay_that_dies_ends_the_script(home):
    with Relay(home, tls=False) as relay:
        [pid] = [int(file.read_text()) for file in home.glob("relay.*/relay")]
        os.kill(pid, signal.SIGKILL)
        assert relay.process.wait(timeout=PATIENCE) == 128 + 9


def trust(certificates):
    return ssl.create_default_context(cafile=certificates.trusted)


def seen(relay, certificates):
    """The number of the certificate that the relay shows."""
    with relay.client("tls", trust=trust(certificates)) as client:
        return client._socket.getpeercert()["serialNumber"]
