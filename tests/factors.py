"""Second factors of the cast, and their codes."""

import json
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests.factories import PASSWORD


def add_app(user):
    """Give a person an authenticator app with its recovery codes; return the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret, *, steps=0):
    """The code that the app shows now, or so many steps of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_codes_of(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def enter_password(client, username, **more):
    return client.post("/accounts/login/", {"login": username, "password": PASSWORD, **more})


def lines_of(caplog, *names):
    """What the security log says of these."""
    said = [record.getMessage() for record in caplog.records if record.name == "supportcenter.security"]
    return [line for line in said if line.split(" ", 1)[0] in names]


def forget_sign_in(client):
    """As if the browser had signed in before this release, or long ago: nothing says when."""
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()


def options_in(page):
    """What the page asks a passkey."""
    return json.loads(page.context["js_data"])
