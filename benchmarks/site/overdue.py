"""Sessions that the site is to delete: `python -m benchmarks.site.overdue fill sessions erasable lines`; prints JSON.

`sessions` ended before the last ninety days: one that people have been through, and copies of it by SQL. `erasable` of
today have a customer who may be erased, and as many lines of chat. `delete` has the site begin to delete what is due,
`keep` has it stop, and `count` carries out one run of it here: how many statements it takes.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.site.scene import be_patient, sign_in  # noqa: E402
from sessions_app.actions.activities.activities import request_activity, stop_activity  # noqa: E402
from sessions_app.actions.activities.consent import give_consent  # noqa: E402
from sessions_app.actions.chat import say  # noqa: E402
from sessions_app.actions.lifecycle.end import end_session  # noqa: E402
from sessions_app.actions.lifecycle.survey import answer_survey  # noqa: E402
from sessions_app.actions.retention.retention import remove_what_is_due  # noqa: E402
from sessions_app.models import SupportSession  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User  # noqa: E402
from supportcenter.jobs.outbox.later import run_later  # noqa: E402
from tests.factories import make_customer, make_session  # noqa: E402
from tests.history import copy_history  # noqa: E402

DAYS, LONG_AGO = 90, 100 * 24 * 60
AT_ONCE, LINES = 25_000, 4


def fill(sessions, erasable, lines):
    be_patient(100)
    _one_that_is_over("csr", LINES, shows_desktop=True)
    # A minute apart, the last a hundred days ago.
    copy_history(sessions, at_once=AT_ONCE, minutes=f"(n - {sessions + LONG_AGO})")
    customers = [_one_that_is_over(f"csr-{number}", lines) for number in range(erasable)]
    admin = User.objects.create_superuser("admin", first_name="Dana")
    _keep_for(0)
    return {"admin": sign_in(admin), "erasures": [_erasure(customer) for customer in customers]}


def delete():
    """The site's own job, as its clock would begin it."""
    _keep_for(DAYS)
    run_later("sessions.retention_goes_on")
    return {"left": _left()}


def keep():
    left = _left()
    _keep_for(0)
    return {"left": left}


def count():
    """Of the statements of one run, and of the sessions that it has deleted."""
    statements, before = [], _left()
    _keep_for(DAYS)
    with connection.execute_wrapper(lambda execute, sql, *more: statements.append(sql) or execute(sql, *more)):
        remove_what_is_due()
    _keep_for(0)
    return {"statements": len(statements), "sessions": before - _left()}


def _one_that_is_over(name, lines, *, shows_desktop=False):
    user = User.objects.create_user(name, first_name="Amal")
    CsrPrivileges.objects.create(user=user)
    session = make_session(user)
    customer = make_customer(session, f"Customer of {name}")
    for number in range(lines):
        by = (session.primary, customer)[number % 2]
        say(session, text=f"Line {number}: the printer says that it has no paper.", client_id=str(number), by=by)
    if shows_desktop:
        view = request_activity(session, "view_desktop", customer, by=session.primary)
        stop_activity(session, give_consent(session, view, by=customer), by=session.primary)
    end_session(session, by=session.primary)
    customer.refresh_from_db()
    answer_survey(customer, solved="yes", rating=5)
    return customer


def _erasure(customer):
    return reverse("erase_customer", args=[customer.session.key, customer.pk])


def _keep_for(days):
    SitePolicy.objects.filter(pk=1).update(retention_days=days, chat_days=days)


def _left():
    return SupportSession.objects.count()


if __name__ == "__main__":
    works = {work.__name__: work for work in (fill, delete, keep, count)}
    sys.stdout.write(json.dumps(works[sys.argv[1]](*map(int, sys.argv[2:]))))
