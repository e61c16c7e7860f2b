"""What leaves HTML keeps its direction in Arabic: numbers, addresses and times, and names in their own."""

import re
import unicodedata

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from invitations.actions.invite import invite_by_email
from invitations.mail.messages import body, instant_message, subject
from invitations.mail.wording import wording_of
from sessions_app.actions.activities.activities import request_activity
from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.capabilities import Capability
from supportcenter.jobs.workers.runner import run_due
from supportcenter.text.directions import apart, ltr
from tests.factories import be_here
from tests.webacd.factories import make_agent, make_queue
from webacd.actions.entering.messages import leave_message

pytestmark = pytest.mark.django_db
ARABIC = {"Accept-Language": "ar"}


def in_lri(text):
    return f"\u2066{text}\u2069"


def in_fsi(text):
    return f"\u2068{text}\u2069"


def title_of(answer):
    return answer.content.decode().partition("<title>")[2].partition("</title>")[0]


def test_marks_stand_only_where_they_are_needed():
    with override("ar"):
        assert (ltr("369 632 105"), apart("Amal"), apart("أمل"), apart("أمل 2")) == (
            in_lri("369 632 105"), in_fsi("Amal"), "أمل", in_fsi("أمل 2"))  # fmt: skip
    with override("en"):
        assert (ltr("369 632 105"), apart("Amal"), apart("أمل")) == ("369 632 105", "Amal", in_fsi("أمل"))


def test_titles_of_pages(client, session, amal):
    client.force_login(amal)
    for page in (reverse("dashboard", args=[session.key]), reverse("record", args=[session.key])):
        assert in_lri(session.number_in_threes) in title_of(client.get(page, headers=ARABIC))
        assert "\u2066" not in title_of(client.get(page, headers={"Accept-Language": "en"}))


def test_a_receipt(client, session, policy):
    policy.site_name_ar = "Acme"
    policy.save()
    carol, seat = join_session(session, name="Carol")
    be_here(carol)
    give_consent(session, request_activity(session, Capability.VIDEO, carol, by=session.primary), by=carol)
    client.cookies[seat_cookie(session.key)] = seat
    answer = client.get(reverse("save_receipt", args=[session.key]), headers=ARABIC)
    first, *rest = answer.content.decode().splitlines()
    assert in_lri(session.number_in_threes) in first
    assert first.startswith(in_fsi("Acme"))
    assert any(in_fsi("Carol") in line for line in rest)
    (line,) = [line for line in rest if line.startswith("- ") and "Amal" in line]
    assert in_fsi("Amal") in line
    assert re.search("\u2066\\d\\d:\\d\\d\u2069", line)
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{session.number}.txt"'


@pytest.mark.parametrize("recipient", ["customer", "csr"])
def test_invitations(session, policy, recipient):
    policy.organisation = "Acme"
    policy.save()
    invitation = invite_by_email(session, recipient=recipient, email="c@a.org", language="ar", by=session.primary)
    words = wording_of(invitation)
    assert in_fsi("Amal") in subject(words)
    for text in (body(words), instant_message(words)):
        assert in_fsi("Amal") in text
        assert in_lri(session.number_in_threes) in text
    assert in_fsi("Acme") in body(words)
    # A link is followed as it stands: nothing that is not seen may stick to it.
    assert f"\n{words.link}\n" in body(words)
    assert instant_message(words).endswith(words.link)


def test_mail_about_a_message(amal):
    amal.language = "ar"
    amal.save()
    queue = make_queue("billing", agents=[make_agent(amal)])
    leave_message(queue, name="Carol", email="carol@example.org", text="Call me")
    run_due()
    (sent,) = mail.outbox
    assert in_fsi("Carol") in sent.subject
    assert in_fsi("Billing") in sent.subject
    assert in_lri("carol@example.org") in sent.body


def test_mail_about_a_password(client, amal):
    client.post("/accounts/password/reset/", {"email": amal.email}, headers=ARABIC)
    run_due()
    (sent,) = mail.outbox
    assert in_fsi("amal") in sent.body


@pytest.mark.parametrize("page", ["reports_csv", "csr_report_csv", "acd_figures_csv"])
def test_tables_carry_no_marks(client, session, carol, dana, page):
    client.force_login(dana)
    answer = client.get(reverse(page), headers=ARABIC)
    text = answer.getvalue().decode("utf-8-sig")
    assert [one for one in text if unicodedata.category(one) == "Cf"] == []
    assert answer["Content-Disposition"].isascii()
