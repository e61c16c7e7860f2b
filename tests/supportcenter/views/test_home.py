from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.presence.presence import close_page
from supportcenter.accounts.models import CsrPrivileges
from tests.factories import be_here, make_customer, make_person, make_session
from tests.webacd.factories import make_agent, make_queue


def test_home_of_a_stranger_is_the_join_form(client, db):
    html = client.get("/").content.decode()
    assert '<form class="panel panel__body stack" method="post" action="/join/"' in html
    assert "Sign in" in html
    assert "Provide Support" not in html


def test_home_of_a_csr_lists_what_runs(client, amal, session):
    client.force_login(amal)
    html = client.get("/").content.decode()
    assert session.number_in_threes in html
    assert f'href="/sessions/{session.key}/"' in html
    assert "Provide Support" in html


def test_home_shows_nobody_the_sessions_of_others(client, session, bilal):
    client.force_login(bilal)
    html = client.get("/").content.decode()
    assert session.number_in_threes not in html
    assert "Your first session" in html


def test_home_says_how_to_begin_until_somebody_has_been_in_a_session(client, session, amal, bilal):
    assert "Your first session" not in home_of(client, amal)
    end_session(session, by=session.primary)
    html = home_of(client, amal)
    assert "Your first session" not in html
    assert "No session is running" in html
    html = home_of(client, bilal)
    assert "on your phone" in html
    assert "No session is running" not in html
    assert "You are an agent" not in html
    make_agent(bilal)
    assert "You are an agent" in home_of(client, bilal)


def test_home_of_a_manager_says_how_to_begin_with_queues(client, amal, dana):
    CsrPrivileges.objects.filter(user=amal).update(manager=True)
    html = home_of(client, amal)
    assert "There are no queues yet." in html
    assert "An administrator adds queues" in html
    assert "Your first session" not in html
    assert reverse("admin:webacd_queue_add") in home_of(client, dana)
    make_queue()
    assert "There are no queues yet." not in home_of(client, amal)


def home_of(client, user):
    client.force_login(user)
    return client.get("/").content.decode()


def test_home_of_somebody_who_is_no_csr_offers_to_join_and_nothing_else(client, session, eve):
    client.force_login(eve)
    html = client.get("/").content.decode()
    assert 'action="/join/"' in html
    assert "Provide Support" not in html
    assert session.number_in_threes not in html


def test_home_costs_no_more_queries_for_more_sessions(client, amal, policy, django_assert_max_num_queries):
    policy.multi_session = True
    policy.save()
    amal.csr_privileges.multi_session = True
    amal.csr_privileges.save()
    for _ in range(3):
        make_session(amal)
    client.force_login(amal)
    with django_assert_max_num_queries(8):
        html = client.get("/").content.decode()
    assert html.count("running__row") == 3


def test_each_language_is_offered_in_its_own_words(client, db):
    assert (
        '<button class="navbar__link" name="language" value="ar" lang="ar">العربية</button>'
        in client.get("/").content.decode()
    )
    arabic = client.get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<button class="navbar__link" name="language" value="en" lang="en">English</button>' in arabic


def ways(client, user):
    """Where the page's own content leads, and whether it asks for a number."""
    client.force_login(user)
    html = client.get("/").content.decode().split("<main", 1)[1]
    found = [name for name in WAYS if f'href="{reverse(name)}"' in html]
    return found, 'action="/join/"' in html


WAYS = ["start_session", "assist_session", "monitor", "acd_figures", "monitoring", "reports", "admin:index"]
WORK, QUEUES = WAYS[:2], WAYS[2:4]


def test_home_of_an_admin_leads_to_what_an_admin_watches_and_decides(client, dana):
    assert ways(client, dana) == ([*QUEUES, "monitoring", "reports", "admin:index"], False)
    assert "Hello, <bdi>Dana</bdi>" in client.get("/").content.decode()


def test_home_of_a_manager_has_both_kinds_of_work(client, amal):
    CsrPrivileges.objects.filter(user=amal).update(manager=True)
    assert ways(client, amal) == ([*WORK, *QUEUES, "reports"], False)


def test_home_of_a_manager_of_one_queue_leads_to_the_queues(client, eve):
    make_queue().managers.add(eve)
    assert ways(client, eve) == (QUEUES, False)


def test_home_of_staff_leads_to_the_administration_alone(client, db):
    assert ways(client, make_person("sami", csr=False, is_staff=True)) == (["admin:index"], False)


def test_home_of_a_csr_has_no_overview(client, amal):
    assert ways(client, amal) == (WORK, False)


def test_every_way_of_a_home_is_open_to_whom_it_is_shown(client, dana, amal, eve):
    CsrPrivileges.objects.filter(user=amal).update(manager=True)
    make_queue().managers.add(eve)
    for user in (dana, amal, eve):
        found, _joins = ways(client, user)
        assert {name: client.get(reverse(name)).status_code for name in found} == dict.fromkeys(found, 200)


def test_who_works_here_still_finds_the_join_form(client, dana):
    client.force_login(dana)
    assert 'href="/join/"' in client.get("/").content.decode()
    assert 'action="/join/"' in client.get("/join/").content.decode()


def test_what_runs_comes_first_on_the_home_of_a_csr(client, amal, session):
    """Home is how one comes back to a session whose tab is out of sight."""
    client.force_login(amal)
    html = client.get("/").content.decode()
    assert html.index(f'href="/sessions/{session.key}/"') < html.index("home-actions")


def test_session_whose_page_has_gone_is_offered_by_the_customers_name(client, amal, session):
    primary = be_here(session.primary, page="page-1", secret="tab-1")
    make_customer(session, "Carol")
    client.force_login(amal)
    assert "Restore the session" not in client.get("/").content.decode()
    close_page(session, page="page-1", secret="tab-1", by=primary)
    html = client.get("/").content.decode()
    row = html.split("running__row--gone", 1)[1].split("</li>", 1)[0]
    assert "Carol" in row
    assert "data-countdown-to" in row
    assert client.post(reverse("restore_session", args=[session.key]))["Location"] == f"/sessions/{session.key}/"
    assert "Restore the session" not in client.get("/").content.decode()


def test_session_without_a_customer_says_so(client, amal, session):
    client.force_login(amal)
    assert "No one has joined yet" in client.get("/").content.decode()


def test_sessions_of_others_are_restored_by_nobody_else(client, bilal, session):
    client.force_login(bilal)
    assert client.post(reverse("restore_session", args=[session.key])).status_code == 404
