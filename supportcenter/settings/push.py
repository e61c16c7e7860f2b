"""Web Push: which push services of browsers the site may call, and whom they may write to."""

import re
from email.utils import parseaddr

from supportcenter.environment import WrongSetting, address_in
from supportcenter.settings.mail import DEFAULT_FROM_EMAIL
from supportcenter.settings.observing import SECURITY_CONTACT
from supportcenter.settings.places import env

# Those of Chrome and Edge for Android and Linux; Firefox; Safari; Edge on Windows.
KNOWN_PUSH_HOSTS = [
    "fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com",
]  # fmt: skip
NO_PUSH = "none"
HOST = re.compile(r"(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")

# A host, `*.host` for those below it, or the origin of a push service of one's own. The server calls no other
# address that a browser names.
WEB_PUSH_HOSTS = [each.lower() for each in env.names("WEB_PUSH_HOSTS", KNOWN_PUSH_HOSTS)]
for each in WEB_PUSH_HOSTS:
    if "://" in each:
        address_in("WEB_PUSH_HOSTS", each, ("https", "http"))
    elif not HOST.fullmatch(each):
        raise WrongSetting("WEB_PUSH_HOSTS", f"“{each}” is neither a host, nor *. and a host, nor an origin.")
WEB_PUSH_HOSTS = [each for each in WEB_PUSH_HOSTS if each != NO_PUSH]


def whom_to_write_to(security_contact: str, sender: str) -> str:
    """Each push service is told it about what this site sends: a page, or an address of mail without a name."""
    if security_contact.startswith("https://"):
        return security_contact
    is_mail = security_contact.startswith("mailto:")
    return f"mailto:{parseaddr(security_contact.removeprefix('mailto:') if is_mail else sender)[1]}"


WEB_PUSH_CONTACT = whom_to_write_to(SECURITY_CONTACT, DEFAULT_FROM_EMAIL)
