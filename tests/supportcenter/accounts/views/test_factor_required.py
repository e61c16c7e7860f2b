"""A second factor that is required (E70): of whom, from when, and what works until one is set up."""

import pytest
from django.urls import reverse

from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User
from tests.factories import make_person
from tests.factors import add_app, code_of, enter_password

pytestmark = pytest.mark.django_db
SETS_UP = "/accounts/2fa/"


def require_of(rule, days=7):
    policy = SitePolicy.objects.get_or_create(pk=1)[0]
    policy.second_factor, policy.second_factor_days = rule, days
    policy.save()


@pytest.fixture
def manager(db):
    user = make_person("mona")
    CsrPrivileges.objects.filter(user=user).update(manager=True)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("rule", "concerned"),
    [("no_one", ""), ("admins", "dana"), ("managers", "dana mona"), ("everyone", "amal dana mona")],
)
def test_rule_concerns(policy, amal, dana, manager, rule, concerned):
    require_of(rule)
    people = User.objects.order_by("username")
    assert " ".join(one.username for one in people if one.factor.is_required) == concerned


def test_standing_costs_no_query_of_its_own(policy, amal, client, django_assert_num_queries):
    client.force_login(amal)
    client.get("/accounts/2fa/keys/")
    # The sign-in, and the person with all of that.
    with django_assert_num_queries(2):
        client.get("/accounts/2fa/keys/")


def test_days_are_counted_from_when_it_first_concerns_a_person(clock, policy, amal, client):
    client.force_login(amal)
    assert "second factor of you" not in client.get("/").content.decode()
    require_of("everyone")
    clock.forward(days=5)
    assert "This site requires a second factor of you. Set one up before" in client.get("/").content.decode()
    clock.forward(days=6, hours=23)
    assert client.get("/sessions/start/").status_code == 200
    clock.forward(hours=2)
    assert client.get("/sessions/start/").headers["Location"] == SETS_UP


def test_other_rule_gives_all_days_again(clock, policy, amal, dana, client):
    require_of("everyone")
    for person in (amal, dana):
        client.force_login(person)
        client.get("/")
    clock.forward(days=6)
    require_of("admins")
    clock.forward(days=2)
    require_of("everyone")
    client.force_login(amal)
    assert client.get("/sessions/start/").status_code == 200
    client.force_login(dana)
    assert client.get("/settings/people/").headers["Location"] == SETS_UP


class TestAfterTheGrace:
    @pytest.fixture(autouse=True)
    def over(self, policy):
        require_of("everyone", days=0)

    def test_pages_lead_to_setting_one_up(self, client, amal, dana):
        client.force_login(dana)
        paths = [
            "/",
            "/settings/",
            "/admin/",
            "/reports/",
            "/accounts/password/change/",
            "/accounts/picture/",
            "/join/",
        ]
        assert {client.get(path).headers["Location"] for path in paths} == {SETS_UP}
        page = client.get(SETS_UP)
        assert "Set one up to go on." in page.content.decode()
        assert client.get("/accounts/2fa/app/").status_code == 200

    def test_what_a_script_asks_and_what_is_sent_is_refused(self, client, amal):
        client.force_login(amal)
        answer = client.get(reverse("person_page"), headers={"X-Requested-With": "fetch"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "needs_second_factor")
        assert client.post("/sessions/start/").status_code == 403

    def test_one_can_sign_out_and_read_another_language(self, client, amal):
        client.force_login(amal)
        assert client.post("/language/", {"language": "ar"}).status_code == 302
        assert client.post("/accounts/logout/").headers["Location"] == "/"
        assert client.get("/").status_code == 200

    def test_setting_one_up_opens_everything(self, client, amal):
        client.force_login(amal)
        client.get("/")
        secret = client.get("/accounts/2fa/app/").context["form"].secret
        client.post("/accounts/2fa/app/", {"code": code_of(secret)})
        assert client.get("/sessions/start/").status_code == 200

    def test_who_has_one_is_let_in(self, client, amal):
        secret = add_app(amal)
        enter_password(client, "amal")
        client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
        assert client.get("/sessions/start/").status_code == 200

    def test_strangers_are_not_asked(self, client):
        assert client.get("/join/").status_code == 200
