"""A site with something of everything in it, and its backup."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.actions.chat import say
from supportcenter.accounts.actions.faces import give_face
from supportcenter.accounts.actions.pictures import give_logo
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.pictures import read_face, read_logo
from supportcenter.backups.making import make_backup
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from tests.factories import sent_file
from tests.pictures import picture
from tests.sessions_app.recordings import running, send
from tests.sessions_app.sending import sending, upload


def nobody_listens(words):
    pass


@pytest.fixture
def full_site(session, carol, bilal, dana, clock):
    """The database of the tests: an open session, with its chat, files and a recording."""
    SitePolicy.current()
    give_logo(read_logo(picture()), by=dana)
    give_face(read_face(picture(size=(96, 96))), to=bilal, by=bilal)
    for number in range(5):
        say(session, text=f"line {number}: “سلام” \\ \u2028 '%s'", client_id=f"n{number}", by=carol)
    sent_file(session, carol, "log.txt", b"what went wrong")
    (transfer,) = sending(session, carol)
    upload(transfer, upto=1)
    send(running(session, clock), b"the first piece")
    run_later("invitations.deliver", invitation=1, sending=1)
    # It had been claimed when the backup was made.
    Job.objects.filter(kind="invitations.deliver").update(lease_until=timezone.now() + timedelta(minutes=2))
    return session


@pytest.fixture
def backup(full_site, tmp_path):
    """The path of its backup."""
    path = tmp_path / "backup.tar"
    with path.open("wb") as output:
        make_backup(output, nobody_listens)
    return path
