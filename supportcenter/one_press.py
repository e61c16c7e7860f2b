"""One press makes one thing, however often it arrives: pressed thrice, sent again by a bad network, Back and once more.

A form carries a one-time name, and what the press makes keeps a secret that only a repeat of it can form again: from
the form's name, this browser's CSRF secret and what it is about, sealed with the site's key. A unique constraint keeps
it. So a repeat is answered as the first was, seat and all, while a stranger who has seen the form gets nothing by it.
"""

import base64
import json
import re
import secrets

from django.utils.crypto import salted_hmac

FIELD = "once"
NAME = re.compile(r"[\w-]{22,40}", re.ASCII)


def new_name() -> str:
    return secrets.token_urlsafe(16)


def secret_of_press(request, *about) -> str:
    """The same for every repeat of this press, and nobody else's. A form without a name is a new press each time."""
    name, browser = request.POST.get(FIELD, ""), request.META.get("CSRF_COOKIE")
    if not (browser and NAME.fullmatch(name)):
        return secrets.token_urlsafe(32)
    sealed = salted_hmac("supportcenter.one_press", json.dumps([name, browser, *about]), algorithm="sha256")
    return base64.urlsafe_b64encode(sealed.digest()).decode().rstrip("=")
