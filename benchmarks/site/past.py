"""A site with a past, in an empty database: `python -m benchmarks.site.past sessions [running]`.

One session that people have been through, by the product's own actions, and as many copies of it by SQL. Whatever the
number, the last thirty days are the same: three hundred ended sessions, none of them today. The others lie before.
Then what goes on now: three hundred sessions run, unless told otherwise, and customers wait in queues.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks.site.scene import sign_in  # noqa: E402
from sessions_app.actions.activities.activities import request_activity, stop_activity  # noqa: E402
from sessions_app.actions.activities.consent import give_consent  # noqa: E402
from sessions_app.actions.chat import say  # noqa: E402
from sessions_app.actions.lifecycle.end import end_session  # noqa: E402
from sessions_app.actions.lifecycle.survey import answer_survey  # noqa: E402
from sessions_app.models import Participant  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User  # noqa: E402
from supportcenter.live.models import EventStream  # noqa: E402
from supportcenter.text.folding import fold  # noqa: E402
from tests.factories import make_customer, make_session  # noqa: E402
from tests.history import LOG, STEP, TABLES, copy_history  # noqa: E402
from tests.webacd.factories import enter, join_queue, make_agent, make_queue, served  # noqa: E402
from webacd.actions.agents.agent_pages import open_page  # noqa: E402
from webacd.models import AcdPolicy, Agent, Offer, RoutingDecision, SupportRequest  # noqa: E402

CSRS, QUEUES, RUNNING, WAITING = 200, 50, 300, 20
ALL_TABLES = [*TABLES, SupportRequest, RoutingDecision, Offer, *LOG]
# How many of the past are of the last month; one every two hours, from yesterday back. Before that one a minute.
LATELY, A_MONTH = 300, 31 * 24 * 60
AT_ONCE = 25_000
# Of them there is one, among the very first.
RARE, ITS_COPY = "Zoë Lind", 7
FOR_YEARS = 100_000


def main(ended, running=RUNNING):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # A file that is thrown away; kept whole in memory while it is written, as far as it fits.
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -2000000")
    days = {"retention_days": FOR_YEARS, "chat_days": FOR_YEARS}
    limits = {"max_customers": 100, "joins_per_address": 100_000, "joins_per_session": 100_000}
    SitePolicy.objects.update_or_create(pk=1, defaults={**days, **limits, "lines_per_minute": 100_000})
    AcdPolicy.objects.update_or_create(pk=1, defaults={"entries_per_address": 100_000})
    queues = [make_queue(f"queue-{number}", maximum_length=0, offer_seconds=3600) for number in range(QUEUES)]
    agents = [_agent(number, queues) for number in range(CSRS)]
    _one_that_is_over(queues[0], agents[0])
    # Nothing but this session has been recorded so far.
    _copy(ended, agents, queues)
    _what_goes_on(agents, queues, running)


def _agent(number, queues):
    admin = dict.fromkeys(("is_staff", "is_superuser"), not number)
    user = User.objects.create_user(f"csr-{number}", first_name=f"Csr{number}", **admin)
    CsrPrivileges.objects.create(user=user, multi_session=True, manager=not number)
    agent = make_agent(user, available=not number, here=not number)
    for one in range(4):
        join_queue(queues[(number + one * 13) % QUEUES], agent)
    return agent


@transaction.atomic
def _one_that_is_over(queue, agent):
    session = served(queue, agent)
    carol = session.participants.customers().get()
    say(session, text="Hello, my printer says that it has no paper.", client_id="c1", by=carol)
    view = request_activity(session, "view_desktop", carol, by=session.primary)
    stop_activity(session, give_consent(session, view, by=carol), by=session.primary)
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    answer_survey(carol, solved="yes", rating=5)
    Agent.objects.update(wrapping_up_until=None)
    # An agent's own log is that of all their days, not of one session.
    EventStream.objects.filter(name=agent.stream).delete()


def _copy(ended, agents, queues):
    """Every fourth is the second CSR's, the others all CSRs' in turn; every fifth request has outlived its session."""
    whose = f"CASE n %% 4 WHEN 0 THEN 1 ELSE n %% {CSRS} END"
    user, agent = f"{agents[0].user_id} + {whose}", f"{agents[0].pk} + {whose}"
    queue = f"{queues[0].pk} + n %% {QUEUES}"
    forgotten = "CASE n %% 5 WHEN 0 THEN {} ELSE {} END"
    of_queue = {"queue_id": queue}
    request = {
        **of_queue,
        "entry_queue_id": queue,
        "answered_by_id": agent,
        "session_id": forgotten.format("NULL", f"session_id + n * {STEP}"),
        "name": forgotten.format("''", "name"),
        "seat_hash": forgotten.format("''", "substr(seat_hash, 1, 20) || n"),
    }
    columns = {
        Participant: {"user_id": f"CASE WHEN user_id IS NULL THEN NULL ELSE {user} END"},
        SupportRequest: request,
        RoutingDecision: of_queue,
        Offer: {**of_queue, "agent_id": agent},
    }
    lately = f"n - {ended + 12}) * 120"
    long_ago = f"n - {ended - LATELY}) - {A_MONTH}"
    minutes = f"(CASE WHEN n > {ended - LATELY} THEN ({lately} ELSE ({long_ago} END)"
    copy_history(ended, tables=ALL_TABLES, at_once=AT_ONCE, minutes=minutes, columns=columns)
    rare = Participant.objects.customers().order_by("pk").first().pk + ITS_COPY * STEP
    Participant.objects.filter(pk=rare).update(name=RARE, folded_name=fold(RARE))


def _what_goes_on(agents, queues, running):
    for agent in agents[1:]:
        open_page(agent)
    for number in range(running):
        session = make_session(agents[1 + number % (CSRS - 1)].user)
        make_customer(session, f"Customer {number}")
    for number in range(WAITING):
        enter(queues[number % QUEUES], f"Waiting {number}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
    sys.stdout.write(f"{sign_in(User.objects.get(username='csr-0'))}\n")
