"""Every header with an address names the domain that was meant, whichever mail library writes it."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from invitations.actions.invite import invite_by_email
from invitations.mail.sending import message_for
from supportcenter.accounts.models import User
from supportcenter.jobs.workers.runner import run_due
from supportcenter.text.addresses import ascii_mailbox, deliverable
from tests.webacd.factories import make_agent, make_queue
from webacd.actions.entering.messages import leave_message

pytestmark = pytest.mark.django_db
DOMAINS = {"faß.example": "xn--fa-hia.example", "نامه\u200cای.example": "xn--mgba3gch31f060k.example"}
BOTH = pytest.mark.parametrize(("domain", "ascii_form"), DOMAINS.items(), ids=["sharp s", "joiner"])


def headers(message):
    """As they go to the mail server."""
    sent = message.message()
    return {name: sent[name] for name in ("From", "To", "Reply-To", "Message-ID")}


@BOTH
def test_an_invitation(session, amal, settings, domain, ascii_form):
    User.objects.filter(pk=amal.pk).update(email=f"amal@{domain}")
    settings.DEFAULT_FROM_EMAIL = ascii_mailbox(f"Center <center@{domain}>")
    invite_by_email(session, recipient="customer", email=f"carol@{domain}", language="en", by=session.primary)
    run_due()
    (sent,) = mail.outbox
    found = headers(sent)
    assert (found["To"], found["Reply-To"]) == (f"carol@{ascii_form}", f"amal@{ascii_form}")
    assert found["From"].endswith(f"<center@{ascii_form}>")
    assert found["Message-ID"].endswith(f"@{ascii_form}>")


@BOTH
def test_a_message_that_was_left(amal, settings, domain, ascii_form):
    settings.DEFAULT_FROM_EMAIL = ascii_mailbox(f"Center <center@{domain}>")
    User.objects.filter(pk=amal.pk).update(email=f"amal@{domain}")
    amal.refresh_from_db()
    queue = make_queue(agents=[make_agent(amal)])
    leave_message(queue, name="Carol", email=f"carol@{domain}", text="Call <b>\nme")
    run_due()
    (sent,) = mail.outbox
    found = headers(sent)
    assert "Call &lt;b&gt;<br>me" in sent.alternatives[0].content
    assert (found["To"], found["Reply-To"]) == (f"amal@{ascii_form}", f"carol@{ascii_form}")
    assert found["Message-ID"].endswith(f"@{ascii_form}>")


@BOTH
def test_a_new_password(client, amal, domain, ascii_form):
    User.objects.filter(pk=amal.pk).update(email=f"amal@{domain}")
    client.post("/accounts/password/reset/", {"email": f"amal@{domain}"})
    run_due()
    (sent,) = mail.outbox
    assert headers(sent)["To"] == f"amal@{ascii_form}"
    (link,) = re.findall(r"^http\S+$", sent.body, re.MULTILINE)
    assert f'href="{link}"' in sent.alternatives[0].content


@BOTH
def test_the_sites_own_address(domain, ascii_form):
    assert ascii_mailbox(f"Zentrum <center@{domain}>") == f"Zentrum <center@{ascii_form}>"
    assert ascii_mailbox(f"center@{domain}") == f"center@{ascii_form}"
    assert ascii_mailbox("support@127.0.0.1") == "support@127.0.0.1"


def test_what_the_library_makes_of_it_by_itself():
    """Why all this: when it fails, the library has learnt the newer standard."""
    assert EmailMessage(to=["carol@faß.example"]).message()["To"] == "carol@fass.example"


def test_an_account_without_a_usable_address_stops_no_mail(session, amal, bilal):
    User.objects.filter(pk=amal.pk).update(email="amal@-.example")
    assert deliverable("amal@-.example") == ""
    invitation = invite_by_email(session, recipient="customer", email="c@a.org", language="en", by=session.primary)
    invitation.invited_by.user.refresh_from_db()
    assert headers(message_for(invitation))["Reply-To"] is None
    amal.refresh_from_db()
    leave_message(make_queue(agents=[make_agent(amal), make_agent(bilal)]), name="C", email="c@a.org", text="Call me")
    run_due()
    assert ["bilal@support.test"] in [sent.to for sent in mail.outbox]
