"""Real sessions in the data folder: `python -m benchmarks.site.scene sessions customers lines maximum`; prints JSON.

Each session has a CSR of its own, in control and signed in; everybody's page is taken to be open.
"""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from allauth.account.internal.flows.login import record_authentication  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.signals import user_logged_in  # noqa: E402
from django.test import Client  # noqa: E402

from sessions_app.actions.chat import say  # noqa: E402
from sessions_app.actions.lifecycle.join import join_session  # noqa: E402
from sessions_app.actions.lifecycle.start import start_session  # noqa: E402
from sessions_app.actions.presence.presence import arrive  # noqa: E402
from sessions_app.rules.seats import seat_cookie  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User  # noqa: E402
from supportcenter.live.log.eventlog import position  # noqa: E402
from supportcenter.live.models import EventStream  # noqa: E402

AN_HOUR = 3600


def main(sessions, customers, lines, maximum):
    be_patient(maximum)
    scenes = [make(customers, lines) for _ in range(sessions)]
    sys.stdout.write(json.dumps(scenes))


def be_patient(maximum):
    """Nobody is gone because no page of theirs is open, and that many customers are let in."""
    graces = {"connection_grace": AN_HOUR, "customer_grace": AN_HOUR, "reload_grace": AN_HOUR}
    # All customers of a measure have one address.
    limits = {"max_customers": maximum, "joins_per_session": 10_000, "lines_per_minute": 1_000}
    SitePolicy.objects.update_or_create(pk=1, defaults={**limits, **graces})


def make(customers, lines):
    user = User.objects.create_user(f"csr-{uuid4().hex[:8]}", first_name="Amal")
    CsrPrivileges.objects.create(user=user)
    session = start_session(by=user)
    seats = [join_session(session, name=f"Customer {number}") for number in range(customers)]
    people = [session.primary, *(customer for customer, _seat in seats)]
    for person in people:
        arrive(session, page=uuid4().hex, secret=uuid4().hex, by=person)
    for number in range(lines):
        # In turn: nobody writes faster than people may.
        say(session, text=f"Line {number}", client_id=str(number), by=people[number % len(people)])
    return {
        "key": session.key,
        "number": session.number,
        "primary": session.primary_id,
        "stream": EventStream.objects.get(name=session.stream).pk,
        "position": position(session.stream),
        "csr": sign_in(user),
        "seats": [f"{seat_cookie(session.key)}={seat}" for _customer, seat in seats],
    }


def sign_in(user):
    """By a password, just now: who erases or takes files with them is asked for it otherwise."""
    user_logged_in.connect(_note_password)
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _note_password(request, user, **_more):
    record_authentication(request, user, "password")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
