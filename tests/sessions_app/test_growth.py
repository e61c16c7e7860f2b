"""What is over costs nothing: no page, action or recurring job goes through the sessions of the past.

Each is carried out among a hundred thousand ended sessions, and none of its statements may read a tenth as many rows.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions_app import jobs
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.models import ChatMessage, Participant, SupportSession, SurveyQuestion
from supportcenter.accounts.models import SitePolicy
from supportcenter.text.folding import fold
from supportcenter.text.wording import words_of
from tests.factories import make_assistant, make_customer, make_person, make_session, make_team
from tests.history import STEP, copy_history
from tests.rows_read import count_rows_read

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]
SESSIONS = 100_000
MOST = 10_000
# Of 2,000 sessions that a search without a short cut looks at for a page, each costs some rows.
MOST_OF_A_WAY = 40_000
KEPT_DAYS = 200
# Of the customer in all sessions of the past: nobody was here as often.
EMAIL = "carol@example.org"


@pytest.fixture
def lead(amal, bilal, faris):
    """Of amal and bilal, and of faris, who has nothing to show."""
    lead = make_person("lina")
    make_team("Everything", amal, bilal, faris, lead=lead)
    return lead


@pytest.fixture
def past(policy, amal, bilal):
    """A hundred thousand sessions, one a minute: of amal, whom bilal assisted. faris was in none."""
    SitePolicy.objects.update(retention_days=KEPT_DAYS, chat_days=KEPT_DAYS, file_days=0, recording_days=0)
    session = make_session(amal)
    make_assistant(session, bilal)
    carol = make_customer(session)
    say(session, text="Hello", client_id="c1", by=carol)
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    Participant.objects.filter(pk=carol.pk).update(email=EMAIL)
    question = SurveyQuestion.objects.create(kind="scale", text="Easy?")
    answer_survey(carol, solved="yes", rating=5, remark="Thanks", replies={question.pk: "4"})
    copy_history(SESSIONS)
    ChatMessage.objects.filter(session=session.pk + 40_000 * STEP).update(words=words_of("Zanzibar, please"))
    Participant.objects.filter(pk=carol.pk + 40_000 * STEP).update(name="Zoë Lind", folded_name=fold("Zoë Lind"))
    return session


def old_session(past, number=50_000):
    return SupportSession.objects.get(pk=past.pk + number * STEP)


def old_customer(past):
    return old_session(past).participants.customers().get()


def too_much(work, most=MOST):
    """The statements of this work that read more than they may."""
    with count_rows_read() as read:
        work()
    return {sql: rows for sql, rows in read.items() if rows > most}


def test_what_is_over_costs_nothing(past, client, amal, bilal, faris, dana, lead, django_capture_on_commit_callbacks):
    running = make_session(amal)
    Participant.objects.filter(pk=make_customer(running).pk).update(email=EMAIL.upper())
    day = (timezone.localdate() - timedelta(days=40)).isoformat()

    far = (timezone.localdate() - timedelta(days=60)).isoformat()

    def page(user, name, *args, **query):
        def work():
            client.force_login(user)
            assert client.get(reverse(name, args=args), query).status_code == 200

        return work

    def erase():
        erase_customer(old_session(past), old_customer(past), by=dana)

    works = {
        "home": page(amal, "home"),
        "home of an assistant": page(bilal, "home"),
        "start page": page(amal, "start_session"),
        "room": page(amal, "dashboard", running.key),
        "customer panel": page(amal, "dashboard_region", running.key, "customer"),
        "monitoring": page(dana, "monitoring"),
        "monitoring: a row": page(dana, "monitoring_rows", keys=running.key),
        "monitoring of a lead": page(lead, "monitoring"),
        "monitoring of a lead: a row": page(lead, "monitoring_rows", keys=running.key),
        "record of a lead": page(lead, "record", old_session(past).key),
        "record": page(dana, "record", old_session(past).key),
        "record: a line": page(dana, "record", old_session(past).key, lines="at-500", events="at-2"),
        "record: a list": page(dana, "record_list", old_session(past).key, "lines", lines="end"),
        "reports": page(dana, "reports"),
        "reports of a CSR": page(amal, "reports"),
        "reports of a CSR without any": page(faris, "reports"),
        "reports: one CSR": page(dana, "reports", csr=amal.pk),
        "reports: old day": page(dana, "reports", since=day, until=day),
        "reports: old day of a CSR": page(amal, "reports", since=day, until=day),
        "reports: rare number": page(dana, "reports", text=old_session(past).number[:6]),
        "reports: unknown number": page(dana, "reports", text="000 000"),
        "reports: rare name": page(dana, "reports", text="zoe lind"),
        "reports: unknown name": page(dana, "reports", text="nobody"),
        "reports: short name": page(dana, "reports", text="zo"),
        "reports: rare word": page(dana, "reports", words="zanzibar"),
        "reports: rare word of one CSR": page(dana, "reports", words="zanzibar", csr=amal.pk),
        "reports: unknown word": page(dana, "reports", words="nowhere"),
        "reports: common word": page(dana, "reports", words="hel"),
        "reports: common word of a CSR": page(amal, "reports", words="hello"),
        "reports: common word of a CSR without any": page(faris, "reports", words="hello"),
        "reports: common word, old day": page(dana, "reports", words="hello", since=day, until=day),
        "reports: common word, running": page(dana, "reports", words="hello", state="active"),
        "reports: common word, rare name": page(dana, "reports", words="hello", text="zoe lind"),
        "reports: running": page(dana, "reports", state="active"),
        "reports: ended": page(dana, "reports", state="ended"),
        "reports: next page": page(dana, "reports", before=old_session(past).pk),
        "reports: CSR, name and day": page(dana, "reports", csr=amal.pk, text="nobody", since=day, until=day),
        "start": lambda: start_session(by=bilal),
        "a line of chat": lambda: say(running, text="Hello", client_id="c2", by=running.primary),
        "retention with nothing due": remove_what_is_due,
        "erasing a customer": erase,
        "silent": jobs.find_silent,
        "start of the site": jobs.restart_graces,
    }
    assert {name: heavy for name, work in works.items() if (heavy := too_much(work))} == {}
    ways = {
        # PostgreSQL may find 301 of so many sooner by reading on than by the index, as its samples fall.
        "reports: part of a common name": page(dana, "reports", text="arol 7"),
        "reports: rare word of a CSR": page(amal, "reports", words="zanzibar"),
        "reports: two filters that never meet": page(dana, "reports", csr=amal.pk, text="carol", since=far, until=day),
        # As far for each of the team, however long the team has been there.
        "reports of a lead": page(lead, "reports"),
        "reports of a lead: next page": page(lead, "reports", before=old_session(past).pk),
        "reports of a lead: old day": page(lead, "reports", since=day, until=day),
        "reports of a lead: rare name": page(lead, "reports", text="zoe lind"),
        "reports of a lead: one CSR": page(lead, "reports", csr=bilal.pk),
        "reports: further back": page(amal, "reports", words="nowhere", before=old_session(past).pk),
    }
    assert {name: heavy for name, work in ways.items() if (heavy := too_much(work, MOST_OF_A_WAY))} == {}
