"""How much a request may bring, by where it goes and who may be behind it."""

import pytest
from django.conf import settings

from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.pictures import MOST_BYTES
from supportcenter.serving.heads import FORM_LIMIT, PICTURES_LIMIT, Head

UPLOAD = 32 * 1024 * 1024
SIGNED_IN = f"{settings.SESSION_COOKIE_NAME}=abc"
SEATED = f"{seat_cookie('abc')}=def"
PICTURES = [
    "/settings/",
    "/accounts/picture/",
    "/admin/accounts/sitepolicy/1/change/",
    "/admin/accounts/user/1/change/",
]
OTHERS = ["/settings/policy/", "/join/", "/nothing/here/", "/accounts/picture/remove/"]


def limit(path, cookie="", method="POST", upload=UPLOAD):
    return Head(method, path, [(b"cookie", cookie.encode())]).body_limit(upload=upload)


@pytest.mark.parametrize("path", PICTURES)
def test_form_with_pictures_takes_what_it_promises(path):
    assert 2 * MOST_BYTES + FORM_LIMIT <= limit(path, SIGNED_IN) == PICTURES_LIMIT
    assert limit(path, SIGNED_IN, upload=1000) == 1000


@pytest.mark.parametrize("path", PICTURES)
@pytest.mark.parametrize(("cookie", "method"), [("", "POST"), (SEATED, "POST"), (SIGNED_IN, "GET")])
def test_form_with_pictures_takes_no_more_than_others_of_those_without_an_account(path, cookie, method):
    assert limit(path, cookie, method) == FORM_LIMIT


@pytest.mark.parametrize("path", OTHERS)
def test_other_forms_take_no_pictures(path):
    assert limit(path, SIGNED_IN) == FORM_LIMIT


@pytest.mark.parametrize(
    ("path", "waits"),
    [
        ("/accounts/sign-on/oidc/", True),
        ("/accounts/sign-on/oidc/callback/", True),
        ("/accounts/sign-on/oidc/logout/", True),
        ("/accounts/sign-on/saml/acs/", True),
        ("/accounts/logout/", False),
        ("/join/", False),
        ("/admin/", False),
    ],
)
def test_what_asks_an_identity_provider_waits_apart_also_for_strangers(path, waits):
    assert Head("POST", path, []).reads_much is waits
