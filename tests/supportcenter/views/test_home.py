from tests.factories import make_session


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
    assert "No session is running" in html


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
