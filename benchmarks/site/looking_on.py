"""A session that changes while pages look on: `python -m benchmarks.site.looking_on`; prints JSON.

Two CSRs, of whom one is in control, and a customer; which events a further customer's joining records, and which the
passing of control.
"""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from benchmarks.site.scene import be_patient, sign_in  # noqa: E402
from sessions_app.actions.control.transfer_control import transfer_control  # noqa: E402
from sessions_app.actions.lifecycle.assist import assist_session  # noqa: E402
from sessions_app.actions.lifecycle.join import join_session  # noqa: E402
from sessions_app.actions.lifecycle.start import start_session  # noqa: E402
from sessions_app.actions.presence.presence import arrive  # noqa: E402
from sessions_app.rules.seats import seat_cookie  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from supportcenter.live.log.eventlog import events_after, position  # noqa: E402


def main():
    be_patient(maximum=10)
    amal, bilal = _csr("Amal"), _csr("Bilal")
    session = start_session(by=amal)
    assistant = assist_session(session, by=bilal)
    customer, seat = join_session(session, name="Carol")
    for person in (session.primary, assistant, customer):
        arrive(session, page=uuid4().hex, secret=uuid4().hex, by=person)
    joining = _events_of(session, lambda: join_session(session, name="Omar"))
    passing = _events_of(session, lambda: transfer_control(session, assistant, by=session.primary))
    pages = [[f"/sessions/{session.key}/", sign_in(user)] for user in (amal, bilal)]
    pages.append([f"/support/{session.key}/", f"{seat_cookie(session.key)}={seat}"])
    sys.stdout.write(json.dumps({"pages": pages, "joining": joining, "passing": passing}))


def _csr(name):
    user = User.objects.create_user(f"{name.lower()}-{uuid4().hex[:8]}", first_name=name)
    CsrPrivileges.objects.create(user=user)
    return user


def _events_of(session, work):
    before = position(session.stream)
    work()
    return [event.type for event in events_after(session.stream, before, audience="staff")]


if __name__ == "__main__":
    main()
