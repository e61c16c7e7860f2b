"""Who invites: `python -m benchmarks.site.inviter [--runs-jobs]`, and a number of invitations a line of its input.

Each is made by the public action, twenty for each session. Prints, a line each, to whom, and when it was committed.
With `--runs-jobs` this process runs what it has committed, as `serve` does. `states` prints what has become of all.
"""

import json
import os
import sys
import time
from collections import Counter
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import transaction  # noqa: E402

from benchmarks.site.scene import be_patient  # noqa: E402
from invitations.actions.invite import invite_by_email  # noqa: E402
from invitations.models import Invitation  # noqa: E402
from sessions_app.actions.lifecycle.start import start_session  # noqa: E402
from sessions_app.actions.presence.presence import arrive  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from supportcenter.jobs.workers.embedded import EmbeddedRunner  # noqa: E402
from supportcenter.live.delivery.hub import hub  # noqa: E402
from supportcenter.management.commands.serve import tune_interpreter  # noqa: E402

A_SESSION = 20


class Inviter:
    def __init__(self):
        be_patient(maximum=1)
        self.number = 0

    def invite(self):
        """Return when the invitation was committed, read before anybody is woken."""
        if self.number % A_SESSION == 0:
            self.session = self._session()
        self.number += 1
        what = {"recipient": "customer", "email": f"customer-{self.number}@example.com", "language": "en"}
        committed = []
        with transaction.atomic():
            transaction.on_commit(lambda: committed.append(time.perf_counter()))
            invite_by_email(self.session, **what, by=self.session.primary)
        return {"to": what["email"], "at": committed[0]}

    def _session(self):
        user = User.objects.create_user(f"csr-{uuid4().hex[:8]}", first_name="Amal", email="amal@support.example")
        CsrPrivileges.objects.create(user=user)
        session = start_session(by=user)
        arrive(session, page=uuid4().hex, secret=uuid4().hex, by=session.primary)
        return session


def main(*options):
    # As in `serve`, to which pages connect, and which hands jobs to Celery where there is Redis.
    tune_interpreter()
    hub.serves = "--runs-jobs" in options
    inviter = Inviter()
    if hub.serves:
        EmbeddedRunner().start()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "states":
            print(json.dumps(Counter(each.state for each in Invitation.objects.all())), flush=True)
            continue
        for _ in range(int(line)):
            print(json.dumps(inviter.invite()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
