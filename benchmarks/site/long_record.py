"""The largest record in the data folder: `python -m benchmarks.site.long_record lines readers`; prints JSON.

A session, as many lines of chat, and managers who may read it, signed in.
"""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import transaction  # noqa: E402

from benchmarks.site.scene import sign_in  # noqa: E402
from sessions_app import events  # noqa: E402
from sessions_app.actions.lifecycle.join import join_session  # noqa: E402
from sessions_app.actions.lifecycle.start import start_session  # noqa: E402
from sessions_app.models import ChatMessage  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from supportcenter.live.log.eventlog import record_all  # noqa: E402

AT_ONCE = 1_000
# Characters: an ordinary sentence or two.
LINE = "The printer in the office on the second floor says that it has no paper, but the tray is full. " * 2


def main(lines, readers):
    user = User.objects.create_user(f"csr-{uuid4().hex[:8]}", first_name="Amal")
    CsrPrivileges.objects.create(user=user)
    session = start_session(by=user)
    customer, _seat = join_session(session, name="Carol")
    people = [session.primary, customer]
    for start in range(0, lines, AT_ONCE):
        _say(session, people, range(start, min(start + AT_ONCE, lines)))
    sys.stdout.write(json.dumps({"key": session.key, "readers": [_manager(number) for number in range(readers)]}))


@transaction.atomic
def _say(session, people, numbers):
    """As many lines, written as a chat writes them but in a few statements, and without what limits people."""
    said = ChatMessage.objects.bulk_create(
        ChatMessage(session=session, participant=people[n % 2], client_id=str(n), text=f"{n}: {LINE}") for n in numbers
    )
    record_all([(session.stream, events.chat_said(message)) for message in said], by=people[0])


def _manager(number):
    user = User.objects.create_user(f"manager-{number}", first_name="Mona")
    CsrPrivileges.objects.create(user=user, manager=True)
    return sign_in(user)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
