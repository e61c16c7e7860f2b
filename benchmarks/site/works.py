"""What a site does all day, once each when told: `python -m benchmarks.site.works cookie`, in a folder with a past.

Reads the name of a work a line from its input, carries it out in a transaction that is taken back, and prints what it
cost as JSON: the CPU of this process and of its connection to PostgreSQL, or how many rows were read.
"""

import json
import os
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import machine  # noqa: E402
from benchmarks.site.past import RARE  # noqa: E402
from sessions_app.actions.chat import say  # noqa: E402
from sessions_app.actions.lifecycle.end import end_session  # noqa: E402
from sessions_app.actions.lifecycle.join import join_session  # noqa: E402
from sessions_app.actions.lifecycle.start import start_session  # noqa: E402
from sessions_app.actions.retention.erase_customer import erase_customer  # noqa: E402
from sessions_app.models import Participant, SupportSession  # noqa: E402
from sessions_app.rules.seats import seat_cookie  # noqa: E402
from sessions_app.views.room import CSR_REGIONS, CUSTOMER_REGIONS  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from supportcenter.browser_secrets import digest  # noqa: E402
from supportcenter.doctor import examine  # noqa: E402
from supportcenter.jobs.workers import runner  # noqa: E402
from supportcenter.jobs.workers.startup import run_startup_hooks  # noqa: E402
from supportcenter.monitoring.shared import forget, shared  # noqa: E402
from supportcenter.serving.readiness import look_for_web  # noqa: E402
from tests.rows_read import count_rows_read  # noqa: E402
from webacd.actions.entering.enter import enter_queue  # noqa: E402
from webacd.actions.monitoring.positions import tell_positions  # noqa: E402
from webacd.actions.offering.route import route  # noqa: E402
from webacd.actions.transfer.transfer import transfer_to_queue  # noqa: E402
from webacd.models import AgentPage, Queue, SupportRequest  # noqa: E402

# Seconds of CPU: less is not told apart from the ticks in which the system counts.
ENOUGH = 0.1
A_MONTH = timedelta(days=29)


class Site:
    """People and sessions that works are about."""

    def __init__(self):
        self.admin = User.objects.get(username="csr-0")
        self.csr = User.objects.get(username="csr-1")
        self.newcomer = User.objects.get_or_create(username="newcomer")[0]
        CsrPrivileges.objects.get_or_create(user=self.newcomer)
        self.session = SupportSession.objects.open().filter(primary__user=self.csr).latest("pk")
        self.customer = self.session.participants.customers().get()
        Participant.objects.filter(pk=self.customer.pk).update(seat_hash=digest(self._seat()))
        # Their pages are open: nobody is silent while this lasts.
        soon = timezone.now() + timedelta(hours=3)
        for here in (Participant.objects.present(), SupportRequest.objects.waiting()):
            here.update(last_seen_at=soon)
        AgentPage.objects.update(seen_at=soon)
        self.old = SupportSession.objects.exclude(ended_at=None).order_by("pk")[10]
        # In the middle of what is long ago, so that its list is longer than a page.
        day = SupportSession.objects.exclude(ended_at=None).order_by("pk")[350].started_at
        self.old_day = timezone.localtime(day).date().isoformat()
        self.queue = Queue.objects.get(slug="queue-1")
        self._browsers = {}

    def _seat(self):
        return f"seat-of-{self.customer.pk}"

    def browser(self, who):
        """Of a user, or of the customer if it is None."""
        if who not in self._browsers:
            browser = self._browsers[who] = Client(SERVER_NAME="localhost")
            if who:
                browser.force_login(who)
            else:
                browser.cookies[seat_cookie(self.session.key)] = self._seat()
        return self._browsers[who]

    def get(self, who, name, *args, **query):
        answer = self.browser(who).get(reverse(name, args=args), query)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        return answer


def pages(site):
    """By name: who asks for which page, and what it is told."""
    key, day = site.session.key, {"since": site.old_day, "until": site.old_day}
    month = {"since": (timezone.localdate() - A_MONTH).isoformat(), "until": timezone.localdate().isoformat()}
    return {
        "home": (site.csr, "home", [], {}),
        "start": (site.csr, "start_session", [], {}),
        "dashboard": (site.csr, "dashboard", [key], {}),
        "dashboard's regions": (site.csr, "dashboard_regions", [key], {"names": ",".join(CSR_REGIONS)}),
        "customer's page": (None, "remote_support", [key], {}),
        "customer's regions": (None, "customer_regions", [key], {"names": ",".join(CUSTOMER_REGIONS)}),
        "running sessions": (site.admin, "monitoring", [], {}),
        "record": (site.admin, "record", [site.old.key], {}),
        "reports": (site.admin, "reports", [], {}),
        "reports: of a CSR": (site.csr, "reports", [], {}),
        "reports: one CSR's": (site.admin, "reports", [], {"csr": site.csr.pk}),
        "reports: of a CSR without any": (site.newcomer, "reports", [], {}),
        "reports: an old day": (site.admin, "reports", [], day),
        "reports: a rare name": (site.admin, "reports", [], {"text": RARE}),
        "reports: an unknown name": (site.admin, "reports", [], {"text": "nobody"}),
        "reports: a number's beginning": (site.admin, "reports", [], {"text": site.old.number[:6]}),
        "representatives, 30 days": (site.admin, "csr_report", [], month),
        "statistics of queues, today": (site.admin, "acd_figures", [], {}),
        "monitor": (site.admin, "monitor", [], {}),
        "inbox": (site.csr, "inbox", [], {}),
        "admin: users": (site.admin, "admin:accounts_user_changelist", [], {}),
        "admin: jobs": (site.admin, "admin:jobs_job_changelist", [], {}),
        "admin: invitations": (site.admin, "admin:invitations_invitation_changelist", [], {}),
        "admin: messages": (site.admin, "admin:webacd_leftmessage_changelist", [], {}),
        "status": (site.admin, "status", [], {}),
    }


def actions(site):
    session, csr = site.session, site.session.primary
    customer = site.old.participants.customers().get()
    return {
        "start a session": lambda: start_session(by=site.newcomer),
        "join": lambda: join_session(session, name="Dan"),
        "a line of chat": lambda: say(session, text="Hello", client_id="growth", by=csr),
        "transfer to a queue": lambda: transfer_to_queue(session, site.queue, confirmed=True, by=csr),
        "end": lambda: end_session(session, by=csr),
        "enter a queue": lambda: enter_queue(site.queue, name="Eve"),
        "erase a customer": lambda: erase_customer(site.old, customer, by=site.admin),
    }


def in_the_background():
    recurring = {f"job {kind}": runner._handlers[kind] for kind in runner._recurring}
    return {
        **recurring,
        "a start of the site": run_startup_hooks,
        "route": route,
        "tell positions": tell_positions,
        "doctor": lambda: list(examine(active=False)),
        "/metrics": _read_metrics,
        "/readyz": look_for_web,
    }


def _read_metrics():
    forget()
    shared()


def works():
    """All of them by name: functions without arguments, which leave the site as they find it once taken back."""
    site = Site()
    asked = {
        f"page: {name}": partial(site.get, who, view, *args, **query)
        for name, (who, view, args, query) in pages(site).items()
    }
    # What a first visit writes is there before anything is taken back.
    for page in asked.values():
        page()
    return {**asked, **actions(site), **in_the_background()}


def cpu_of(work, spent):
    """Seconds of CPU each time, until enough were spent; what it takes back does not count."""
    used, times = 0.0, 0
    while used < ENOUGH:
        with transaction.atomic():
            began = spent()
            work()
            used += spent() - began
            transaction.set_rollback(True)
        times += 1
    return used / times


def rows_of(work):
    """Rows that its statements read, and the statement that read most."""
    with transaction.atomic():
        with count_rows_read() as read:
            work()
        transaction.set_rollback(True)
    most = max(read, key=read.get, default="")
    return {"rows": sum(read.values()), "most": most[:2000], "of_most": read.get(most, 0)}


def clock_of_cpu():
    """This process, and the one of PostgreSQL that works for it, if it runs on this machine."""
    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    if not Path(f"/proc/{backend}").exists():
        return time.process_time
    return lambda: time.process_time() + machine.cpu_seconds(backend)


def main():
    named, spent = works(), clock_of_cpu()
    print(json.dumps(list(named)), flush=True)
    for line in sys.stdin:
        what, name = json.loads(line)
        found = rows_of(named[name]) if what == "rows" else {"cpu": cpu_of(named[name], spent)}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
