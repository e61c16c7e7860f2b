"""What teams and queues switch off in a session (E69), with the reason, and what of it costs."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from sessions_app.actions.activities.activities import start_activity
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.room import roster
from sessions_app.rules.limits import limits_on
from sessions_app.rules.permissions import may_carry_voice, switched_off_in, usable_in
from supportcenter.accounts.capabilities import Capability
from supportcenter.refusals import Refused
from tests.factories import make_assistant, make_session, make_team
from tests.plans import scans, statements
from tests.webacd.copies import copy_newest
from tests.webacd.factories import make_agent, make_queue, served
from webacd.models import Queue, SupportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def reasons(session):
    session = SupportSession.objects.get(pk=session.pk)
    return {name: str(reason) for name, reason in switched_off_in(session).items()}


def test_one_switch_is_enough_and_the_widest_is_told(policy, amal):
    session = make_session(amal)
    assert reasons(session) == {}
    policy.switched_off = ["voice"]
    policy.save()
    make_team("Billing", amal, name_ar="الفواتير", switched_off=["voice", "recording"])
    make_team("Alpha", amal, switched_off=["recording", "files"])
    make_team("Sales", switched_off=["video"])
    amal.csr_privileges.switched_off = ["files", "share_desktop"]
    amal.csr_privileges.save()

    assert reasons(session) == {
        "voice": "switched off for everyone",
        "recording": "switched off for the team Alpha",
        "files": "switched off for the team Alpha",
        "share_desktop": "switched off for you",
    }
    kept = SupportSession.objects.get(pk=session.pk)
    assert usable_in(kept) == {"view_desktop", "view_application", "share_application", "video"}


def test_team_is_named_in_the_language_of_the_reader(amal):
    session = make_session(amal)
    make_team("Billing", amal, name_ar="الفواتير", switched_off=["voice"])
    with override("ar"):
        assert "الفواتير" in reasons(session)["voice"]


def test_action_refuses_what_the_team_may_not_use(amal):
    session = make_session(amal)
    start_activity(session, Capability.VIDEO, by=session.primary)
    make_team("Billing", amal, switched_off=["share_desktop"])
    with pytest.raises(Refused) as refused:
        start_activity(session, Capability.SHARE_DESKTOP, by=session.primary)
    assert refused.value.code == "capability_off"


def test_it_counts_for_who_is_in_control(amal, bilal):
    session = make_session(amal)
    assistant = make_assistant(session, bilal)
    make_team("Billing", bilal, switched_off=["files"])
    assert reasons(session) == {}

    transfer_control(session, assistant, by=session.primary)
    assert reasons(session) == {"files": "switched off for the team Billing"}


def test_call_goes_on_only_with_who_may_call(amal, bilal):
    session = make_session(amal)
    assistant = make_assistant(session, bilal)
    assistant.can = {"voice": True}
    assert may_carry_voice(assistant)
    make_team("Billing", bilal, switched_off=["voice"])
    assert not may_carry_voice(assistant)


def test_queue_switches_off_where_its_customer_is_helped(amal):
    agent = make_agent(amal)
    queue = make_queue("sales", agents=[agent], switched_off=["recording"], name_ar="المبيعات")
    session = served(queue, agent)
    assert reasons(session) == {"recording": "switched off for the queue Sales"}

    Queue.objects.update(switched_off=[])
    assert reasons(session) == {}


def test_queue_switches_nothing_off_elsewhere(amal, bilal):
    make_queue("sales", agents=[make_agent(amal)], switched_off=["recording"])
    assert reasons(make_session(amal)) == {}


def test_page_reads_them_along_with_the_people_and_by_indexes(amal):
    agent = make_agent(amal)
    session = served(make_queue("sales", agents=[agent], switched_off=["files"]), agent)
    make_team("Billing", amal, switched_off=["voice"])
    # Of a few rows PostgreSQL reads all, whatever index there is.
    copy_newest(SupportRequest, 5_000, session_id="NULL", seat_hash="''")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    me = Participant.objects.select_related("session").get(pk=session.primary_id)
    with statements() as found:
        roster(me.session, me)
        read = len(found)
        off = [limit.reason for limit in limits_on(me.session.primary)]
    assert off == ["switched off for the team Billing", "switched off for the queue Sales"]
    assert len(found) == read
    assert scans(found, {"webacd_supportrequest"}) == []


def test_what_is_not_offered_says_why(client, amal):
    session = make_session(amal)
    make_team("Billing", amal, switched_off=["recording"])
    client.force_login(amal)

    page = client.get(reverse("dashboard_region", args=[session.key, "tools"])).content.decode()
    assert "Recording: switched off for the team Billing" in page
    assert "data-record" not in page


def test_who_starts_a_session_reads_what_is_switched_off(client, amal):
    make_team("Billing", amal, switched_off=["recording"])
    client.force_login(amal)
    assert "Recording: switched off for the team Billing" in client.get(reverse("start_session")).content.decode()
