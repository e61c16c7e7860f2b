"""Rights that another process takes: a shell beside the one process, or the other of two."""

import json
import shutil
from contextlib import contextmanager
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.site_process import SiteProcess

pytestmark = pytest.mark.process

# Seconds: the runner looks for rows of other processes every 5, and the machine may be busy.
PATIENCE = 60
TOKEN = "a" * 32

STAGE = """
import json
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.signals import user_logged_in
from django.test import Client
from supportcenter.live.log.eventlog import position
from tests.factories import make_person, make_session
from tests.webacd.factories import make_agent

def by_password(request, user, **_):
    record_authentication(request, user, "password")

user_logged_in.connect(by_password)

def browser(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value

amal, bilal, faris = make_person("amal"), make_person("bilal"), make_person("faris")
dana = make_person("dana", csr=False, is_staff=True, is_superuser=True)
session = make_session(amal)
agent = make_agent(bilal, here=False)
print(json.dumps({
    "key": session.key, "after": position(session.stream), "agent": agent.pk, "inbox": position(agent.stream),
    **{user.username: browser(user) for user in (amal, bilal, dana, faris)},
    "faris elsewhere": browser(faris), "pk of faris": faris.pk,
}))
"""

SPEAK = """
from sessions_app.actions.chat import say
from sessions_app.models import SupportSession
session = SupportSession.objects.get()
say(session, text="Said in a shell", client_id="c1", by=session.primary)
"""

TAKE = """
from supportcenter.accounts.models import CsrPrivileges
CsrPrivileges.objects.get(user__username="amal").delete()
"""


def test_a_shell_beside_the_one_process_is_heard(prepared_folder, tmp_path):
    with SiteProcess(shutil.copytree(prepared_folder, tmp_path / "site")) as site:
        stage = staged(site)
        with page_of(site, f"/ws/sessions/{stage['key']}/", stage["amal"], stage["after"]) as page:
            site.do("shell", "-c", SPEAK)
            assert heard(page, "chat.said")["data"]["text"] == "Said in a shell"
            site.do("shell", "-c", TAKE)
            assert closed(page) in {4404, 4410}


def test_a_right_taken_through_one_process_closes_the_page_at_the_other(
    prepared_folder, tmp_path, postgres_url, redis_url
):
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    shared = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url}
    SiteProcess(folder, **shared).do("migrate", "--verbosity=0")
    with SiteProcess(folder, **shared) as one, SiteProcess(folder, **shared) as other:
        stage = staged(one)
        session, inbox, inbox_of_a_csr = f"/ws/sessions/{stage['key']}/", "/ws/webacd/inbox/", "/ws/person/"
        with page_of(other, inbox, stage["bilal"], stage["inbox"]) as page:
            post(one, f"/admin/webacd/agent/{stage['agent']}/delete/", stage["dana"], post="yes")
            assert closed(page) == 4403
        with page_of(other, session, stage["amal"], stage["after"]) as page:
            post(one, "/accounts/logout/", stage["amal"])
            assert closed(page) == 4401
        with page_of(other, inbox_of_a_csr, stage["faris"]) as page:
            post(one, "/accounts/sign-ins/others/", stage["faris elsewhere"])
            assert closed(page) == 4401
        with page_of(other, inbox_of_a_csr, stage["faris elsewhere"]) as page:
            post(one, f"/settings/people/{stage['pk of faris']}/sign-ins/", stage["dana"])
            assert closed(page) == 4401


def staged(site):
    command = site.manage("shell", "-c", STAGE)
    said, _ = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    return json.loads(said.splitlines()[-1])


@contextmanager
def page_of(site, path, sign_in, after=0):
    headers = {"Cookie": f"sessionid={sign_in}"}
    with connect(f"ws{site.url[4:]}{path}", origin=site.url, additional_headers=headers) as page:
        page.send(json.dumps({"frame": "follow", "after": after, "page": "page-1", "secret": "tab-1"}))
        assert json.loads(page.recv(PATIENCE))["frame"] == "following"
        yield page


def heard(page, type):
    while True:
        frame = json.loads(page.recv(PATIENCE))
        if frame.get("type") == type:
            return frame


def closed(page):
    """The code with which the server closes the page, whatever it is told before."""
    while True:
        try:
            page.recv(PATIENCE)
        except ConnectionClosed as end:
            return end.rcvd.code


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args, **more):
        """The answer to a change leads elsewhere, which is good enough."""


def post(site, path, sign_in, **fields):
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
    cookie = f"sessionid={sign_in}; csrftoken={TOKEN}"
    request = Request(f"{site.url}{path}", body, {"Cookie": cookie, "Origin": site.url})
    with pytest.raises(OSError, match="302"):
        build_opener(NoRedirect).open(request, timeout=PATIENCE)
