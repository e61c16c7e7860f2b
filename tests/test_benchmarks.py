"""Benchmarks are not run here, but each of them starts: nothing it needs has moved away. Their load ends when told."""

import os
import smtplib
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.load.beside import beside
from benchmarks.load.mail_sink import MailSink

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "module",
    [
        "benchmarks",
        "benchmarks.media",
        "benchmarks.encrypted_files",
        "benchmarks.files",
        "benchmarks.recording",
        "benchmarks.growth",
        "benchmarks.canned_replies",
    ],
)
def test_benchmark_starts(module):
    # As from a shell, without what this process has set.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert told.stdout.startswith("usage:")


@pytest.mark.parametrize(
    ("module", "order"),
    [
        ("benchmarks.load.hostile_seat", {"path": "/ws/", "cookie": "", "after": 0, "rate": 50}),
        ("benchmarks.load.readers", {"paths": ["/"], "cookies": [""]}),
    ],
)
def test_load_beside_a_measure_ends_when_told(module, order):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        beside(module, port=server.getsockname()[1], **order) as told,
    ):
        client, _ = server.accept()
        asked = client.recv(4096)
        client.close()

    assert asked.startswith(b"GET ")
    assert "cpu" in told


def test_mail_sink_tells_of_a_message_when_it_has_it():
    with MailSink() as sink, smtplib.SMTP("127.0.0.1", urlsplit(sink.url).port) as mail:
        mail.sendmail("us@example.com", ["carol@example.com"], "Message-ID: <1@example.com>\r\n\r\nHello")

        assert sink.wait_for("carol@example.com")["id"] == "<1@example.com>"
        assert sink.wait_for_number(1)
