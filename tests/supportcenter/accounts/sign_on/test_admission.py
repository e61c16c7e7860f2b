"""Which account an identity signs in to (E72)."""

from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount

from supportcenter.accounts.errors import AddressHasAccount, NoAccountHere
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.accounts.sign_on.admission import admit
from supportcenter.accounts.sign_on.identity import Identity, identity_of_claims

pytestmark = pytest.mark.django_db

GRACE = Identity(
    issuer="https://login.example.org",
    subject="s1",
    username="grace",
    email="grace@example.org",
    is_verified=True,
    first_name="Grace",
    last_name="Hopper",
)


def admitted(identity=GRACE, **other):
    return admit(replace(identity, **other))[0]


@pytest.mark.both_databases
def test_first_sign_in_makes_an_account(db):
    grace = admitted()
    assert (grace.username, grace.email, grace.get_full_name()) == ("grace", "grace@example.org", "Grace Hopper")
    assert (grace.has_usable_password(), grace.is_csr, grace.is_staff) == (False, False, False)
    assert admitted() == grace
    assert list(SocialAccount.objects.values_list("user", "provider", "uid", "extra_data")) == [
        (grace.pk, GRACE.issuer, "s1", {})
    ]


def test_subject_of_another_issuer_is_another_person():
    assert admitted() != admitted(issuer="https://other.example.org", email="")


def test_where_accounts_are_made_by_administrators(settings):
    settings.SSO_CREATE_ACCOUNTS = False
    with pytest.raises(NoAccountHere):
        admitted()
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("grace", "grace"),
        ("Amal", "Amal2"),
        ("grace hopper", "grace-hopper"),
        ("<script>", "script"),
        ("غريس", "غريس"),
        ("", "person"),
        ("///", "person"),
        ("g" * 200, "g" * 146),
    ],
)
def test_username_is_a_free_one(amal, wanted, name):
    assert admitted(username=wanted).username == name


def test_same_address_is_not_the_same_person(amal):
    User.objects.filter(pk=amal.pk).update(email="Grace@Example.org")
    with pytest.raises(AddressHasAccount):
        admitted()
    assert User.objects.count() == 1


def test_same_address_leads_to_the_account_where_the_provider_is_trusted(amal, settings):
    settings.SSO_LINK_BY_EMAIL = True
    User.objects.filter(pk=amal.pk).update(email="Grace@Example.org")
    assert admitted() == amal
    amal.refresh_from_db()
    assert (amal.username, amal.first_name, amal.has_usable_password()) == ("amal", "Amal", True)


@pytest.mark.parametrize("why", ["unverified", "admin", "staff", "two", "linked"])
def test_address_leads_nowhere(amal, bilal, settings, why):
    settings.SSO_LINK_BY_EMAIL = True
    more = {"admin": {"is_superuser": True}, "staff": {"is_staff": True}}.get(why, {})
    User.objects.filter(pk=amal.pk).update(email="grace@example.org", **more)
    if why == "two":
        User.objects.filter(pk=bilal.pk).update(email="grace@example.org")
    if why == "linked":
        SocialAccount.objects.create(user=amal, provider="https://other.example.org", uid="a1")
    with pytest.raises(AddressHasAccount):
        admitted(is_verified=why != "unverified")


def test_address_of_a_disabled_account_is_no_way_around_it(amal, settings):
    User.objects.filter(pk=amal.pk).update(email="grace@example.org", is_active=False)
    with pytest.raises(AddressHasAccount):
        admitted()
    settings.SSO_LINK_BY_EMAIL = True
    assert admitted() == amal
    assert User.objects.get().is_active is False


def test_administrator_is_linked_where_the_provider_names_one(dana, settings):
    settings.SSO_LINK_BY_EMAIL, settings.SSO_ADMINISTRATORS = True, ["it"]
    User.objects.filter(pk=dana.pk).update(email="grace@example.org")
    assert admitted(groups=frozenset({"it"})) == dana


def test_disabled_account_stays_out_and_as_it_was(client, issuer, settings):
    settings.SSO_REPRESENTATIVES = ["support"]
    issuer.sign_in(client, preferred_username="grace")
    client.logout()
    User.objects.update(is_active=False)
    answer = issuer.sign_in(client, given_name="G", groups=["support"])
    assert (answer.status_code, answer.url) == (302, "/accounts/inactive/")
    assert "_auth_user_id" not in client.session
    assert (User.objects.get().first_name, CsrPrivileges.objects.count()) == ("", 0)


def test_names_of_an_account_with_a_password_stay(amal, settings):
    settings.SSO_LINK_BY_EMAIL = True
    User.objects.filter(pk=amal.pk).update(email="grace@example.org")
    admitted()
    admitted(first_name="Someone", email="else@example.org")
    amal.refresh_from_db()
    assert (amal.first_name, amal.email) == ("Amal", "grace@example.org")


def claims(**more):
    return identity_of_claims({"iss": "https://login.example.org", "sub": "s1", **more}, {})


def test_claims_may_be_called_otherwise(settings):
    settings.SSO_GROUPS_ATTRIBUTE, settings.SSO_USERNAME_ATTRIBUTE = "realm_access.roles", "https://example.org/name"
    found = claims(realm_access={"roles": ["a", "b", 3]}, **{"https://example.org/name": "grace"})
    assert (found.username, found.groups) == ("grace", {"a", "b"})


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ({}, frozenset()),
        ({"groups": "one"}, {"one"}),
        ({"groups": {"a": 1}}, frozenset()),
        ({"_claim_names": {"groups": "src1"}}, None),
    ],
)
def test_groups_of_claims(said, groups):
    assert claims(**said).groups == groups


@pytest.mark.parametrize(
    ("said", "is_verified"),
    [
        ({"email_verified": True}, True),
        ({"email_verified": "true"}, True),
        ({"xms_edov": 1}, True),
        ({"email_verified": False}, False),
        ({"email_verified": "no"}, False),
        ({}, False),
    ],
)
def test_address_that_is_vouched_for(said, is_verified):
    assert claims(email="a@example.org", **said).is_verified is is_verified
