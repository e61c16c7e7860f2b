"""Who sends an invitation is killed between the mail server's yes and our note of it.

Nobody can know then that it was sent: it is sent again, as the same message, and told once.
"""

import os
import shutil
import signal
import sys
import threading

import pytest

from tests.mail_server import MailServer
from tests.services import running
from tests.site_process import ROOT, SiteProcess, wait_until

pytestmark = pytest.mark.process

INVITE = """
from invitations.actions.invite import invite_by_email
from tests.factories import make_person, make_session

session = make_session(make_person("amal"))
invite_by_email(session, recipient="customer", email="carol@example.com", language="en", by=session.primary)
"""
LOOK = """
from invitations.models import Invitation
from supportcenter.live.models import Event

found = Invitation.objects.get()
print(found.state, Event.objects.filter(type="invitation.sent").count())
"""
# As when its minute has passed.
END_LEASES = """
from supportcenter.jobs.models import Job

Job.objects.exclude(lease_until=None).update(lease_until="2000-01-01T00:00Z")
"""


class DeadlyMailServer(MailServer):
    """Has the sender of the first message killed as soon as it has the whole of it."""

    def __init__(self):
        super().__init__()
        self.kill, self.killed = None, threading.Event()

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if not self.killed.is_set():
            self.kill()
            self.killed.set()
        return answer

    @property
    def message_ids(self):
        return [message["Message-ID"] for message in self.messages]


@pytest.fixture
def deadly():
    server = DeadlyMailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def site_of(prepared_folder, tmp_path, deadly):
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    return lambda **more: SiteProcess(folder, EMAIL_URL=f"smtp://127.0.0.1:{deadly.port}", **more)


def ask(site, code):
    shell = site.manage("shell", "-v", "0", "-c", code)
    said, _ = shell.communicate(timeout=120)
    assert shell.returncode == 0, said
    return said.split()[-2:]


def is_sent_once_as_one_message(site, deadly):
    wait_until(lambda: len(deadly.messages) == 2)
    wait_until(lambda: ask(site, LOOK) == ["sent", "1"])
    first, second = deadly.message_ids
    return first == second


def test_worker(site_of, deadly, redis_url):
    site = site_of(REDIS_URL=redis_url)
    ask(site, INVITE)
    with sender(site) as worker:
        deadly.kill = lambda: os.killpg(worker.pid, signal.SIGKILL)
        assert deadly.killed.wait(120)
    assert ask(site, LOOK) == ["queued", "0"]
    ask(site, END_LEASES)

    with sender(site):
        assert is_sent_once_as_one_message(site, deadly)


def test_serve(site_of, deadly):
    with site_of() as site:
        deadly.kill = lambda: os.killpg(site.process.pid, signal.SIGKILL)
        ask(site, INVITE)
        assert deadly.killed.wait(120)
        site.process.wait(120)
        assert ask(site, LOOK) == ["queued", "0"]

        # It knows that no other process has jobs in hand.
        site.start()

        assert is_sent_once_as_one_message(site, deadly)


def sender(site):
    """A worker and the clock that sweeps up what nobody has sent to it."""
    schedule = ["--beat", "--schedule", site.data_dir / "beat"]
    command = [sys.executable, "-m", "celery", "-A", "supportcenter", "worker", "--pool", "threads", *schedule]
    return running(command, env=site.environment, cwd=ROOT, process_group=0)
