"""An account that is no CSR's any more: dropped from its sessions like a disabled one (E11)."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.actions.chat import say
from sessions_app.actions.presence.presence import drop_without_rights, lose
from sessions_app.errors import NotInSession
from sessions_app.models import ChatMessage
from supportcenter.accounts.models import CsrPrivileges
from supportcenter.jobs.workers.runner import run_due
from tests.factories import be_here, make_assistant
from tests.webacd.factories import enter as enter_queue
from tests.webacd.factories import make_agent, make_queue, offered
from webacd.actions.reconcile import reconcile
from webacd.models import Offer


def forget_unseen(user):
    """As a statement of SQL does it."""
    CsrPrivileges.objects.filter(user=user)._raw_delete("default")


def is_in_session(participant):
    participant.refresh_from_db()
    return participant.is_present


def test_csr_without_privileges_is_dropped_at_once(session, carol, amal, bilal):
    assistant = make_assistant(session, bilal)
    bilal.csr_privileges.delete()
    run_due()
    assert not is_in_session(assistant)

    amal.csr_privileges.delete()
    run_due()
    session.refresh_from_db()
    assert session.end_reason == "account_disabled"


def test_csr_without_privileges_says_nothing_and_reads_no_page(session, carol, bilal):
    assistant, browser = make_assistant(session, bilal), Client()
    browser.force_login(bilal)
    pages = [reverse(name, args=[session.key]) for name in ("dashboard", "room")]
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    forget_unseen(bilal)

    with pytest.raises(NotInSession):
        say(session, text="Hello", client_id="c1", by=assistant)
    assert [browser.get(page).status_code for page in pages] == [404, 404]
    said = browser.post(reverse("send_message", args=[session.key]), {"text": "Hello", "client_id": "c2"})
    assert said.status_code == 404
    assert not ChatMessage.objects.filter(text="Hello").exists()


def test_csr_who_lost_privileges_unseen_is_found(session, carol, bilal):
    assistant = make_assistant(session, bilal)
    forget_unseen(bilal)
    drop_without_rights()
    assert not is_in_session(assistant)
    assert is_in_session(carol)
    assert is_in_session(session.primary)


def test_page_that_is_closed_for_its_rights_gets_no_grace(session, carol, bilal):
    assistant = be_here(make_assistant(session, bilal))
    forget_unseen(bilal)
    lose(session, page=assistant.page, by=assistant)
    assert not is_in_session(assistant)


@pytest.mark.parametrize("seen", [True, False])
def test_agent_without_privileges_keeps_no_offer(bilal, policy, seen):
    agent = make_agent(bilal)
    enter_queue(make_queue(agents=[agent]))
    offer = offered(agent)
    if seen:
        bilal.csr_privileges.delete()
        run_due()
    else:
        forget_unseen(bilal)
        reconcile()
    offer.refresh_from_db()
    assert offer.state == Offer.State.WITHDRAWN


def test_the_log_for_attacks_says_who_took_the_right(client, dana, bilal, caplog):
    client.force_login(dana)
    page = reverse("admin:accounts_user_change", args=[bilal.pk])
    form = client.get(page).context["adminform"].form
    kept = {name: form.initial.get(name) or "" for name in ("username", "first_name", "last_name", "email", "language")}
    assert client.post(page, {**kept, "representative": "on"}).status_code == 302
    said = [record.getMessage() for record in caplog.records if "rights_changed" in record.getMessage()]
    assert said[-1] == 'rights_changed account="bilal" by="dana" changed="is_active: False"'
