"""Where one is signed in: what is shown, and ending it, by the person and by an administrator (E71)."""

from importlib import import_module

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from supportcenter.accounts.actions.activity import noted
from supportcenter.accounts.actions.push import subscribe
from supportcenter.accounts.actions.sign_ins import end_sign_ins_of
from supportcenter.accounts.errors import HoldsMore, NotAnAdministrator
from supportcenter.accounts.models import PushSubscription, SitePolicy, User
from supportcenter.accounts.sign_ins import sign_ins_of
from supportcenter.accounts.signed_out import Why
from tests.factories import PASSWORD, make_session
from tests.push_service import Device

pytestmark = pytest.mark.django_db
LIST = "/accounts/sign-ins/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser(username="amal", *, address="192.0.2.7", agent=FIREFOX):
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    answer = client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def key_of(client):
    return client.cookies["sessionid"].value


def row_of(client):
    return UserSession.objects.get(session_key=key_of(client))


def shown(client):
    return [(one.device, one.address, one.is_this) for one in client.get(LIST).context["sign_ins"]]


def why_said(client, path="/sessions/start/"):
    """The sentence of the sign-in page to which that page leads."""
    answer = client.get(path)
    assert answer.headers["Location"] == f"/accounts/login/?next={path}"
    page = client.get(answer.headers["Location"])
    return page.context["why_signed_out"]()


class TestShown:
    def test_each_sign_in_with_its_browser_and_address(self, amal):
        here = browser()
        browser(address="2001:db8::7", agent="Curl/8")
        assert shown(here) == [
            ("Firefox 140 on Linux", "192.0.2.7", True),
            ("unknown browser", "2001:db8::7", False),
        ]

    def test_address_is_the_one_that_our_proxy_saw(self, amal, settings):
        settings.TRUSTED_PROXIES = 1
        client = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "203.0.113.4"})
        client.force_login(amal)
        browser_of_a_proxy = client.post("/accounts/logout/")
        assert browser_of_a_proxy.status_code == 302
        client.post("/accounts/login/", {"login": "amal", "password": PASSWORD})
        assert [one.address for one in client.get(LIST).context["sign_ins"]] == ["203.0.113.4"]

    def test_one_that_has_ended_is_gone(self, amal):
        here, other = browser(), browser()
        other.post("/accounts/logout/")
        Session.objects.filter(pk=key_of(browser())).update(expire_date="2000-01-01T00:00Z")
        assert len(shown(here)) == 1

    def test_nobody_elses(self, amal, bilal):
        browser("bilal")
        assert len(shown(browser())) == 1

    @pytest.mark.both_databases
    def test_costs_the_same_for_many(self, amal, django_assert_num_queries):
        here = browser()
        for count in (1, 5):
            for _ in range(count):
                browser()
            with django_assert_num_queries(5):
                here.get(LIST)

    def test_own_new_password_leaves_this_one_alone(self, amal):
        here, other = browser(), browser()
        new = {"oldpassword": PASSWORD, "password1": "another one entirely", "password2": "another one entirely"}
        assert here.post("/accounts/password/change/", new).status_code == 302
        assert len(shown(here)) == 1
        assert why_said(other) == Why.PASSWORD.label


class TestEndedByThePerson:
    def test_one(self, amal):
        here, other, third = browser(), browser(), browser()
        assert here.post(reverse("end_sign_in", args=[row_of(other).pk])).status_code == 302
        assert why_said(other) == Why.ELSEWHERE.label
        assert [each.get(LIST).status_code for each in (here, third)] == [200, 200]

    def test_all_others(self, amal):
        here, other, third = browser(), browser(), browser()
        here.post(reverse("end_other_sign_ins"))
        assert [why_said(other), why_said(third)] == [Why.ELSEWHERE.label] * 2
        assert len(shown(here)) == 1

    def test_a_page_that_leads_straight_to_sign_in_is_told_as_well(self, amal):
        here, other = browser(), browser()
        here.post(reverse("end_other_sign_ins"))
        assert other.get("/accounts/login/?next=/").context["why_signed_out"]() == Why.ELSEWHERE.label

    def test_not_one_of_somebody_else(self, amal, bilal):
        other = browser("bilal")
        answer = browser().post(reverse("end_sign_in", args=[row_of(other).pk]))
        assert (answer.status_code, other.get(LIST).status_code) == (404, 200)

    def test_it_comes_back_to_the_page_and_is_not_told_again(self, amal):
        here, other = browser(), browser()
        here.post(reverse("end_other_sign_ins"))
        assert why_said(other) == Why.ELSEWHERE.label
        answer = other.post("/accounts/login/", {"login": "amal", "password": PASSWORD, "next": "/sessions/start/"})
        assert answer.headers["Location"] == "/sessions/start/"
        other.post("/accounts/logout/")
        assert why_said(other) is None

    def test_the_log_says_that_it_was_themselves(self, amal, caplog):
        here, _other = browser(), browser()
        here.post(reverse("end_other_sign_ins"))
        assert [line for line in caplog.messages if line.startswith("sign_ins_ended")] == [
            'sign_ins_ended account="amal" count=1'
        ]

    def test_what_is_pushed_to_it_ends_too(self, amal, push_service):
        here, other = browser(), browser()
        subscribe(**Device(push_service).fields, language="en", sign_in=key_of(other), by=amal)
        here.post(reverse("end_other_sign_ins"))
        assert not PushSubscription.objects.exists()

    def test_a_request_under_way_does_not_bring_it_back(self, amal):
        here, other = browser(), browser()
        session = other.session
        session["said"] = "meanwhile"
        here.post(reverse("end_other_sign_ins"))
        with pytest.raises(UpdateError):
            session.save()
        assert why_said(other) == Why.ELSEWHERE.label


class TestEndedByAnAdministrator:
    def test_in_the_settings(self, policy, amal, dana, client, caplog):
        one, two = browser(), browser()
        client.force_login(dana)
        page = reverse("settings_end_sign_ins", args=[amal.pk])
        assert client.post(page).headers["Location"] == reverse("settings_person", args=[amal.pk])
        assert [why_said(one), why_said(two)] == [Why.ADMINISTRATOR.label] * 2
        assert 'sign_ins_ended account="amal" by="dana" count=2' in caplog.text

    def test_in_django_admin(self, policy, amal, dana, client):
        one = browser()
        client.force_login(dana)
        picked = {"action": "end_sign_ins", "_selected_action": [amal.pk]}
        assert client.post(reverse("admin:accounts_user_changelist"), picked).status_code == 302
        assert why_said(one) == Why.ADMINISTRATOR.label

    def test_in_django_admin_only_of_who_holds_no_more(self, policy, dana, eve, client):
        one = browser("dana")
        eve.is_staff = True
        eve.save()
        eve.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
        client.force_login(eve)
        picked = {"action": "end_sign_ins", "_selected_action": [dana.pk]}
        answer = client.post(reverse("admin:accounts_user_changelist"), picked, follow=True)
        assert str(HoldsMore.message) in answer.content.decode()
        assert one.get("/settings/").status_code == 200

    def test_only_by_one_who_may_change_people(self, amal, bilal):
        with pytest.raises(NotAnAdministrator):
            end_sign_ins_of(amal, by=bilal)

    def test_only_of_who_holds_no_more(self, policy, dana, eve):
        eve.is_staff = True
        eve.save()
        names = ["change_sitepolicy", "view_user", "change_user"]
        eve.user_permissions.set(Permission.objects.filter(codename__in=names))
        with pytest.raises(HoldsMore):
            end_sign_ins_of(dana, by=eve)

    def test_disabled_or_deleted_account_says_so(self, amal, bilal):
        one, two = browser(), browser("bilal")
        amal.is_active = False
        amal.save()
        User.objects.get(pk=bilal.pk).delete()
        assert [why_said(one), why_said(two)] == [Why.ACCOUNT.label] * 2

    def test_new_password_says_so(self, amal):
        one = browser()
        amal.set_password("another one entirely")
        amal.save()
        assert why_said(one) == Why.PASSWORD.label


class TestSessionOfItsPrimary:
    def test_waits_for_them_and_the_sign_in_page_says_so(self, amal):
        here, other = browser(), browser()
        session = make_session(amal)
        dashboard = reverse("dashboard", args=[session.key])
        here.post(reverse("end_other_sign_ins"))
        location = other.get(dashboard).headers["Location"]
        seconds = SitePolicy.current().connection_grace
        assert f"waits for you for {seconds} seconds" in other.get(location).content.decode()
        session.refresh_from_db()
        assert session.is_open
        answer = other.post("/accounts/login/", {"login": "amal", "password": PASSWORD, "next": dashboard})
        assert other.get(answer.headers["Location"]).status_code == 200


def test_a_sign_in_of_an_earlier_release_is_listed_once_it_is_used(amal, clock):
    here = browser()
    UserSession.objects.all().delete()
    noted.clear()
    here.get("/sessions/start/")
    assert shown(here) == [("Firefox 140 on Linux", "192.0.2.7", True)]


@pytest.mark.both_databases
def test_sign_ins_of_before_are_listed_by_the_migration(amal, bilal):
    here, gone = browser(), browser("bilal")
    UserSession.objects.all().delete()
    User.objects.filter(pk=bilal.pk).update(is_active=False)
    gone.get("/")
    Session.objects.create(session_key="somebody", session_data="", expire_date="2999-01-01T00:00Z")
    import_module("supportcenter.accounts.migrations.0022_sign_ins").list_sign_ins(apps, None)
    assert set(UserSession.objects.values_list("user__username", "ip")) == {("amal", "0.0.0.0"), ("bilal", "0.0.0.0")}
    assert shown(here) == [("unknown browser", "", True)]


def test_sign_in_by_a_former_secret_key_is_shown(amal, settings):
    browser()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = (
        "another secret key, long enough for all",
        [settings.SECRET_KEY],
    )
    assert len(sign_ins_of(amal)) == 1
