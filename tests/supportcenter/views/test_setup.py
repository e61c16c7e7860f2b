"""The first-run checklist: what a new site still needs, and whom it reminds of that."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from supportcenter import doctor
from supportcenter.accounts.actions.make_admin import NewAdmin, make_admin
from supportcenter.accounts.actions.setup import hide_setup, note_checks_passed
from supportcenter.accounts.errors import NotAnAdministrator
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.doctor import fail, health_check, ok
from tests.factories import PASSWORD, make_person, make_session
from tests.webacd.factories import make_agent, make_queue

pytestmark = pytest.mark.django_db

ITEM = re.compile(r'<li class="status__check.*?</li>', re.DOTALL)
NAMES = [
    "Name and organisation",
    "A second representative",
    "HTTPS address",
    "Mail",
    "Relay",
    "A check without failures",
    "A first session",
    "A queue with an agent",
]


@pytest.fixture
def first(db):
    """The first person, as the command makes them."""
    return make_admin(NewAdmin("sara", "sara@example.org"), password=PASSWORD)[0]


@pytest.fixture(autouse=True)
def new_site(settings):
    """Nothing is set in its environment."""
    settings.MAIL_IS_SET_UP, settings.TURN_URLS, settings.SECURE_SITE = False, [], False


@pytest.fixture
def page(client, first):
    client.force_login(first)
    return lambda: client.get("/setup/").content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def items(html):
    """The words of each item, by its name."""
    found = [words(each) for each in ITEM.findall(html)]
    return {name: next(text for text in found if f"one {name} " in text) for name in NAMES}


def done(html):
    return [name for name, text in items(html).items() if text.startswith("Done ")]


def do_everything(settings, first):
    for do in EVERYTHING.values():
        do(settings, first)


def name_site(settings, first):
    SitePolicy.current()
    SitePolicy.objects.update(site_name="Acme Help", organisation="Acme")


def add_representative(settings, first):
    make_person("omar")


def serve_by_https(settings, first):
    settings.SECURE_SITE = True


def name_mail_server(settings, first):
    settings.MAIL_IS_SET_UP = True


def name_relay(settings, first):
    settings.TURN_URLS = ["turn:relay.example.org:3478"]


def pass_checks(settings, first):
    note_checks_passed()


def hold_session(settings, first):
    session = make_session(first)
    end_session(session, by=session.primary)


def staff_queue(settings, first):
    make_queue(agents=[make_agent(first)])


EVERYTHING = dict(
    zip(
        NAMES,
        [
            *[name_site, add_representative, serve_by_https, name_mail_server, name_relay],
            *[pass_checks, hold_session, staff_queue],
        ],
        strict=True,
    )
)


# ---- what is done


def test_nothing_is_done_on_a_new_site(page):
    html = page()
    assert len(ITEM.findall(html)) == len(items(html)) == len(NAMES)
    assert [name for name, text in items(html).items() if not text.startswith("Not done ")] == []
    assert "0 of 8 done" in words(html)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_done_is_said_to_be(page, settings, first, name):
    assert done(page()) == []
    EVERYTHING[name](settings, first)
    assert done(page()) == [name]
    assert "1 of 8 done" in words(page())


def test_all_of_it(page, settings, first):
    do_everything(settings, first)
    assert done(page()) == NAMES
    assert "Everything is done." in words(page())


def test_page_says_it_with_an_icon_too(page, settings, first):
    def icons(name):
        (item,) = (each for each in ITEM.findall(page()) if f"<bdi>{name}</bdi>" in each)
        return re.findall(r'<path d="([^"]+)"', item)

    before = icons("Mail")
    settings.MAIL_IS_SET_UP = True
    assert before
    assert icons("Mail") != before


@pytest.mark.parametrize(
    "facts",
    [
        {"site_name": "Acme Help"},
        {"organisation": "Acme"},
        {"site_name_ar": "مركز أكمي"},
        {"site_name": "Acme Help", "site_name_ar": "مركز أكمي"},
    ],
)
def test_half_a_name_is_none(page, facts):
    SitePolicy.current()
    SitePolicy.objects.update(**facts)
    assert done(page()) == []


def test_name_in_arabic_alone_is_one(page):
    SitePolicy.current()
    SitePolicy.objects.update(site_name_ar="مركز أكمي", organisation="Acme")
    assert done(page()) == ["Name and organisation"]


def test_who_cannot_help_is_no_second_representative(page):
    make_person("eve", csr=False)
    make_person("omar", is_active=False)
    assert done(page()) == []


def test_who_cannot_help_staffs_no_queue(page, first):
    make_queue(agents=[make_agent(make_person("omar"))], is_active=False)
    gone = make_agent(make_person("gone"))
    make_queue("billing", agents=[gone])
    make_agent(first)
    assert done(page()) == ["A second representative", "A queue with an agent"]
    User.objects.filter(username__in=["gone", "omar"]).update(is_active=False)
    assert done(page()) == []


def test_complete_check_counts_once_nothing_fails(page, client, monkeypatch):
    found = [fail("is full")]
    monkeypatch.setattr(doctor, "_checks", {})
    monkeypatch.setattr(doctor, "autodiscover_modules", lambda name: None)
    health_check("disk")(lambda: iter(found))
    client.post(reverse("status"))
    assert done(page()) == []
    found[:] = [ok("has room")]
    client.get(reverse("status"))
    assert done(page()) == []
    client.post(reverse("status"))
    assert done(page()) == ["A check without failures"]


# ---- ways


def test_each_item_leads_to_a_page_that_opens(page, client):
    links = [re.search(r'<a href="([^"]+)"', each)[1] for each in ITEM.findall(page())]
    assert len(links) == len(NAMES)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_no_item_leads_where_its_reader_may_not_go(client, db):
    client.force_login(of_the_staff("accounts.change_sitepolicy", "accounts.view_sitepolicy"))
    html = client.get("/setup/").content.decode()
    closed = [words(each) for each in ITEM.findall(html) if "<a " not in each]
    assert [name for name in NAMES if any(f"one {name} " in text for text in closed)] == [NAMES[1], *NAMES[6:]]
    links = {link for each in ITEM.findall(html) for link in re.findall(r'<a href="([^"]+)"', each)}
    assert {client.get(link).status_code for link in links} == {200}


def of_the_staff(*permissions):
    user = make_person("sami", csr=False, is_staff=True)
    names = [each.partition(".")[2] for each in permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def test_page_has_one_heading_of_its_own(page):
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page()) == ["Set up the site"]


def test_page_is_arabic_for_who_reads_arabic(client, first):
    client.force_login(first)
    html = words(client.get("/setup/", headers={"accept-language": "ar"}).content.decode())
    assert "تم 0 من 8" in html
    assert "لم يتم الاسم والمؤسسة" in html


# ---- who


def test_page_is_for_who_decides_on_the_policy(client, amal, dana):
    assert client.get("/setup/")["Location"] == "/accounts/login/?next=/setup/"
    for user, status in [(amal, 403), (of_the_staff(), 403), (dana, 200)]:
        client.force_login(user)
        assert client.get("/setup/").status_code == status


@pytest.mark.parametrize("permissions", [(), ("accounts.view_sitepolicy",)])
def test_nobody_else_hides_it(client, policy, permissions):
    user = of_the_staff(*permissions)
    client.force_login(user)
    assert client.post("/setup/").status_code == 403
    with pytest.raises(NotAnAdministrator):
        hide_setup(by=user)
    policy.refresh_from_db()
    assert policy.setup_hidden is False


def test_ways_to_it_stand_where_it_opens(client, dana, amal):
    client.force_login(dana)
    assert 'href="/setup/"' in client.get("/join/").content.decode()
    assert 'href="/setup/"' in client.get("/admin/").content.decode()
    client.force_login(amal)
    assert 'href="/setup/"' not in client.get("/join/").content.decode()
    client.force_login(of_the_staff())
    assert 'href="/setup/"' not in client.get("/admin/").content.decode()


# ---- hiding


def test_hidden_list_reminds_nobody_and_stays(page, client, first):
    assert "Hide this list" in page()
    assert client.post("/setup/")["Location"] == "/"
    assert card(client) is None
    assert "Hide this list" not in page()
    assert "hidden from the home page" in page()
    assert 'href="/setup/"' in client.get("/").content.decode()
    client.logout()
    assert sign_in(client) == "/"


def test_hiding_leaves_alone_what_somebody_decides_meanwhile(first, policy):
    SitePolicy.objects.update(site_name="Acme Help")
    hide_setup(by=first)
    policy.refresh_from_db()
    assert (policy.site_name, policy.setup_hidden) == ("Acme Help", True)


# ---- sign-in and home


def sign_in(client, username="sara", **more):
    return client.post("/accounts/login/", {"login": username, "password": PASSWORD, **more})["Location"]


def card(client):
    """The words of the card on home, which is the first of the page."""
    html = client.get("/").content.decode()
    found = re.findall(r'<a class="home-action" href="([^"]+)">(.*?)</a>', html, re.DOTALL)
    places = [href for href, _text in found]
    return words(found[places.index("/setup/")][1]) if "/setup/" in places else None


def test_first_sign_in_leads_to_the_list(client, first):
    assert sign_in(client) == "/setup/"


def test_sign_in_leads_where_it_was_asked_to(client, first):
    assert sign_in(client, next="/reports/") == "/reports/"


def test_sign_in_leads_home_once_all_is_done(client, first, settings):
    do_everything(settings, first)
    assert sign_in(client) == "/"


@pytest.mark.parametrize("username", ["dana", "amal"])
def test_sign_in_of_others_leads_home(client, dana, amal, username):
    """Of an admin who is no representative, too: their home has the card."""
    assert sign_in(client, username) == "/"


def test_home_says_how_much_is_done(client, first, settings):
    client.force_login(first)
    assert card(client) == "Set up the site 0 of 8 done · Next: Name and organisation"
    settings.MAIL_IS_SET_UP = True
    assert card(client) == "Set up the site 1 of 8 done · Next: Name and organisation"
    html = client.get("/").content.decode()
    main = html.split("<main")[1]
    assert re.search(r'class="home-action" href="([^"]+)"', main)[1] == "/setup/"


def test_home_forgets_it_once_all_is_done(client, first, settings):
    do_everything(settings, first)
    client.force_login(first)
    assert card(client) is None


def test_home_of_an_admin_who_is_no_representative_has_it_and_no_join_form(client, dana):
    client.force_login(dana)
    assert card(client).startswith("Set up the site")
    assert 'action="/join/"' not in client.get("/").content.decode()


def test_home_of_others_has_none(client, amal, eve):
    for user in (amal, eve, of_the_staff()):
        client.force_login(user)
        assert card(client) is None


# ---- cost


def test_it_stays_within_a_pages_queries(page, client, django_assert_max_num_queries):
    SitePolicy.current()
    # A manager's Home shows what happens now: the tiles, the sessions that run, and what a CSR still has to close.
    for address, most in (("/", 15), ("/setup/", 8)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_hidden_list_costs_nothing(page, client, first):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    client.get("/")
    before = cost()
    hide_setup(by=first)
    assert before - cost() == 3
