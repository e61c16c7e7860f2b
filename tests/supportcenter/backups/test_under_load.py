"""A backup of a site in which people are talking, restored elsewhere: everything that they had been told is there."""

import json
import shutil
import threading
from contextlib import contextmanager

import pytest

from tests.full_disk.plain_browser import PlainBrowser
from tests.services import postgres_database
from tests.site_process import PATIENCE, SiteProcess, wait_until

pytestmark = pytest.mark.process

# Seconds between two lines of one person: as fast as the site lets anybody change things.
PAUSE = 0.3
PASSWORD = "correct horse battery"
SENT = b"what went wrong\n" * 1000
# A file that Carol sends, which needs her browser's scripts; from a process beside the site.
SEND_FILE = f"""
from sessions_app.models import Participant
from tests.factories import sent_file
carol = Participant.objects.get(name="Carol")
print(sent_file(carol.session, carol, "log.txt", {SENT!r}).pk)
"""
# What another site has of its own: files that everybody is sent are the same everywhere.
OF_A_SITE = shutil.ignore_patterns("support.sqlite3*", "secret_key", "*.lock")
READ = """
import json
from sessions_app.models import ChatMessage
from supportcenter.live.models import Event, EventStream
streams = {each.name: [each.last_seq, []] for each in EventStream.objects.all()}
for event in Event.objects.select_related("stream").order_by("seq"):
    streams[event.stream_name][1].append(event.seq)
print(json.dumps({"said": list(ChatMessage.objects.order_by("pk").values_list("text", flat=True)), "streams": streams}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    """Where the site has its rows, and where the restored one has them."""
    if request.param == "sqlite":
        yield {}, {}
        return
    request.getfixturevalue("postgres_url")  # Or it is skipped.
    with postgres_database() as one, postgres_database() as other:
        yield {"DATABASE_URL": one}, {"DATABASE_URL": other}


class Talk:
    """People who write line after line; `answered` are those that the site has said it has."""

    def __init__(self, *people):
        self.answered = []
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=person) for person in people]

    def _write(self, browser, path):
        number = 0
        while not self._stopping.wait(PAUSE):
            text = f"{path[1:4]} {number}"
            if browser.say(path, text, f"c{number}").status == 200:
                self.answered.append(text)
                number += 1

    @contextmanager
    def going_on(self):
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._stopping.set()
            for thread in self._threads:
                thread.join()

    def goes_on(self, lines):
        """Until so many more have been answered."""
        wanted = len(self.answered) + lines
        wait_until(lambda: len(self.answered) >= wanted)


def answer_of(site, script):
    command = site.manage("shell", "-v0", "-c", script)
    said, _ = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    return json.loads(said.splitlines()[-1])


def test_every_line_that_was_answered_before_is_there(prepared_folder, tmp_path, databases):
    one, other = databases
    backup = tmp_path / "backup.tar.gz"
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    with SiteProcess(folder, "--prepare", DEMO_PASSWORD=PASSWORD, **one) as site:
        # Without the demo's past: what is read back is what these two said.
        site.do("seed_demo")
        assert answer_of(site, UNLIMITED) == 1
        amal, carol = PlainBrowser(site), PlainBrowser(site)
        amal.sign_in("amal", PASSWORD)
        key, number = amal.start()
        assert carol.join(number, "Carol").status == 200
        file = answer_of(site, SEND_FILE)
        talk = Talk((amal, f"/sessions/{key}/"), (carol, f"/support/{key}/"))
        with talk.going_on():
            talk.goes_on(10)
            before = list(talk.answered)
            site.do("backup", str(backup))
            talk.goes_on(10)

    folder = shutil.copytree(prepared_folder, tmp_path / "restored", ignore=OF_A_SITE)
    restored = SiteProcess(folder, "--prepare", **other)
    restored.do("restore", str(backup))
    there = answer_of(restored, READ)
    assert [line for line in before if line not in there["said"]] == []
    # What came later is there from its beginning, and nothing twice.
    for person in ("ses", "sup"):
        lines = [line for line in there["said"] if line.startswith(person)]
        assert lines == [f"{person} {number}" for number in range(len(lines))]
    assert {name: seqs for name, (last, seqs) in there["streams"].items() if seqs != [*range(1, last + 1)]} == {}
    assert f"session.{key}" in there["streams"]

    with restored as site:
        carol.site = amal.site = site
        page = carol.get(f"/support/{key}/")
        assert (page.status, before[0] in page.text) == (200, True)
        # Amal's sign-in has ended, and the password still is the password.
        assert amal.get(f"/sessions/{key}/").url.startswith(f"{site.url}/accounts/login/")
        assert amal.sign_in("amal", PASSWORD).status == 200
        assert amal.get(f"/sessions/{key}/files/{file}/").text == SENT.decode()
        assert amal.say(f"/sessions/{key}/", "we are back", "again").status == 200
    assert answer_of(restored, READ)["said"][-1] == "we are back"


UNLIMITED = """
from supportcenter.accounts.models import SitePolicy
SitePolicy.current()
print(SitePolicy.objects.update(lines_per_minute=10_000))
"""
