"""What the site changes of allauth's ways."""

import pytest

from supportcenter.accounts.models import User

SIGN_UP = "/accounts/signup/"
FORM = {
    "username": "mallory",
    "email": "mallory@example.org",
    "password1": "quite a long one",
    "password2": "quite a long one",
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_make_no_account(client, db, method):
    page = getattr(client, method)(SIGN_UP, FORM)

    assert "account/signup_closed.html" in [template.name for template in page.templates]
    assert not User.objects.filter(username="mallory").exists()
