"""Pages that stand still."""

import base64
import hmac
import re
import struct
import time
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.help_pictures.studio import content_of, resize


def administration(studio):
    dana, words = studio.csr("dana"), studio.words
    for name, address in {
        "settings-people": "/settings/people/",
        "settings-teams": "/settings/teams/",
        "settings-queues": "/settings/queues/",
    }.items():
        page = dana.open(address)
        studio.shoot_page(name, page)
        page.close()
    page = dana.open("/settings/policy/")
    studio.shoot_page("settings-policy", page, until=page.get_by_role("group", name=words("Sign-in"), exact=True).first)
    page = dana.open("/setup/")
    studio.shoot("setup-checklist", page, page.get_by_role("main"), air=0, size=(1280, 1120))
    page = dana.open("/reports/overview/")
    sessions = page.get_by_role("region", name=words("Sessions"), exact=True)
    # How many depends on the time of the day, and words on how many.
    studio.shoot_page("reports-overview", page, until=sessions, without=".stat__aside")
    # The past alone, which is the same at every run.
    page = dana.open(f"/audit/?until={date.today() - timedelta(days=1)}")
    studio.shoot_page("audit-log", page, size=(1280, 900))


def ways_in(studio):
    page = studio.stranger().open("/join/")
    expect(page.get_by_text(studio.words("Everything works"), exact=True)).to_be_visible()
    studio.shoot("join-page", page)
    page = studio.csr("bilal").open("/sessions/start/")
    studio.shoot("start-page", page, *content_of(page), air=24)
    page = studio.csr("eve").open("/accounts/2fa/")
    add_app(studio, page)
    page.goto(f"{studio.site.url}/accounts/2fa/")
    resize(page, (1280, 1000))
    studio.shoot("sign-in-security", page, *content_of(page), air=24)


def add_app(studio, page):
    main = page.get_by_role("main")
    studio.press(main, "Set up an app", "link")
    secret = main.locator("code").inner_text()
    main.get_by_label(studio.words("Code"), exact=True).fill(code_of(secret))
    studio.press(main, "Set up")
    page.wait_for_url(re.compile(r"/codes/$"))


def code_of(secret):
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    [number] = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


PAGES = {
    administration: "settings-policy settings-people settings-teams settings-queues setup-checklist audit-log "
    "reports-overview",
    ways_in: "join-page start-page sign-in-security",
}
