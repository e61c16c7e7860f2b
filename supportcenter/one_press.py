"""One press of a button creates one thing, however often the request arrives: a double click, a retry, Back and again.

A form carries a one-time name, and what the press creates stores a secret that only a repeat of it can compute again:
an HMAC of the form's name, this browser's CSRF secret and what it is about, under the site's key. A unique constraint
holds it. So a repeat gets the same answer as the first, seat included, and a stranger who has seen the form gets none.
"""

import base64
import json
import re
import secrets

from django.conf import settings
from django.http import HttpRequest

from supportcenter.json_types import Json
from supportcenter.site_keys import MARK, mark_of, sealed_by, secret_marked

FIELD = "once"
NAME = re.compile(r"[\w-]{22,40}", re.ASCII)


def new_name() -> str:
    """It says by which secret key: so a press that is repeated after that was changed is still the same press."""
    return mark_of(settings.SECRET_KEY) + secrets.token_urlsafe(16)


def secret_of_press(request: HttpRequest, *about: Json) -> str:
    """The same for every repeat of this press, and for no other. A form without a name is a new press each time."""
    name, browser = request.POST.get(FIELD, ""), request.META.get("CSRF_COOKIE")
    if not (browser and NAME.fullmatch(name)):
        return secrets.token_urlsafe(32)
    secret = secret_marked(name[:MARK])
    sealed = sealed_by(secret, "supportcenter.one_press", json.dumps([name, browser, *about]))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
