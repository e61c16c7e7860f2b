"""What a site knows of its relay: from a secret alone, or as it was told; and what is wrong, in one line."""

import json
import subprocess
import sys

import pytest

from supportcenter.environment import WrongSetting
from supportcenter.relay_urls import RelayUrl, derived, parse, relay_only, stun_urls, turn_urls
from tests.environment import ROOT, site_environment

SECRET = "k3Jx9-Qw7_ZpLm2VtRb8NcYd5HsFg4Ae"
TELL = """
import json
from django.conf import settings as s
print(json.dumps([s.STUN_URLS, s.TURN_URLS]))
"""


def site(tmp_path, code=TELL, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=site_environment(tmp_path, DJANGO_SETTINGS_MODULE="supportcenter.settings", **environment),
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("site_url", "turn_host", "host"),
    [
        ("https://support.example.org", "", "support.example.org"),
        ("https://support.example.org:8443/help", "", "support.example.org"),
        ("https://support.example.org", "relay.example.org", "relay.example.org"),
        ("https://[2a00:1:2::3]", "", "[2a00:1:2::3]"),
        ("https://support.example.org", "2a00:1:2::3", "[2a00:1:2::3]"),
    ],
)
def test_secret_alone_gives_the_relay_beside_the_site(tmp_path, site_url, turn_host, host):
    run = site(tmp_path, SITE_URL=site_url, TURN_HOST=turn_host, TURN_SECRET=SECRET, TURN_URLS="", STUN_URLS="")
    assert json.loads(run.stdout) == [
        [],
        [f"turn:{host}:3478?transport=udp", f"turn:{host}:3478?transport=tcp", f"turns:{host}:5349?transport=tcp"],
    ]


def test_addresses_that_are_given_are_those(tmp_path):
    run = site(tmp_path, TURN_SECRET=SECRET, TURN_URLS="turn:one.test,turns:two.test:443?transport=tcp")
    assert json.loads(run.stdout)[1] == ["turn:one.test", "turns:two.test:443?transport=tcp"]


def test_without_a_secret_there_is_no_relay(tmp_path):
    assert json.loads(site(tmp_path, SITE_URL="https://support.example.org").stdout) == [[], []]


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("TURN_SECRET", {"TURN_URLS": "turn:relay.test"}),
        ("TURN_SECRET", {"TURN_SECRET": "changeme"}),
        ("TURN_URLS", {"TURN_URLS": "relay.test:3478", "TURN_SECRET": SECRET}),
        ("STUN_URLS", {"STUN_URLS": "turn:relay.test"}),
        ("TURN_HOST", {"TURN_HOST": "https://relay.test", "TURN_SECRET": SECRET}),
        ("TURN_HOST", {"TURN_HOST": "relay.test:3478", "TURN_SECRET": SECRET}),
        ("MEDIA_RELAY_ONLY", {"MEDIA_RELAY_ONLY": "1"}),
    ],
)
def test_site_does_not_start_with_half_a_relay(tmp_path, name, environment):
    run = site(tmp_path, **environment)
    assert run.returncode != 0
    assert run.stderr.splitlines()[-1].split(": ")[1:2] == [name]


@pytest.mark.parametrize(
    "url",
    [
        *("http://relay.test", "turn://relay.test", "turn:", "turn:relay.test:", "turn:relay.test:0", "turn:r:65536"),
        *("turn:relay.test?transport=sctp", "turn:relay.test?udp", "turn:a b", "turn:2a00::1:3478", "stun:relay.test"),
        *("turns:relay.test?transport=udp", "turn:user@relay.test", "turn:relay.test/", "turn:relay.test:٣٤٧٨"),
    ],
)
def test_address_that_no_browser_takes_is_refused(url):
    with pytest.raises(WrongSetting, match="^TURN_URLS: “") as wrong:
        turn_urls(["turn:good.test", url], secret=SECRET, host="x")
    assert url in wrong.value.why


@pytest.mark.parametrize("url", ["turn:relay.test", "stun:relay.test?transport=udp", "stun.test:3478", "stun://x"])
def test_address_of_stun_is_looked_at_too(url):
    assert stun_urls(["stun:relay.test", "stuns:[::1]:5349"]) == ["stun:relay.test", "stuns:[::1]:5349"]
    with pytest.raises(WrongSetting, match="^STUN_URLS: “"):
        stun_urls([url])


@pytest.mark.parametrize("secret", ["x", "a shared secret", SECRET[:31], "ab" * 40])
def test_secret_that_can_be_guessed_is_refused(secret):
    with pytest.raises(WrongSetting, match="TURN_SECRET: is too easy to guess"):
        turn_urls([], secret=secret, host="relay.test")


def test_relay_alone_needs_a_relay():
    assert relay_only(True, ["turn:relay.test"])
    assert not relay_only(False, [])
    with pytest.raises(WrongSetting, match="MEDIA_RELAY_ONLY"):
        relay_only(True, [])


def test_address_in_parts():
    assert parse("turn:relay.test") == RelayUrl("turn", "relay.test", 3478, "udp")
    assert parse("TURN:relay.test:80?transport=TCP") == RelayUrl("turn", "relay.test", 80, "tcp")
    assert parse("turns:[2a00::1]") == RelayUrl("turns", "2a00::1", 5349, "tls")
    assert [parse(url).transport for url in derived("relay.test")] == ["udp", "tcp", "tls"]
