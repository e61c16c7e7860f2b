"""The site with ten sessions, each of a representative and a customer, and what a hostile person needs."""

import json
from dataclasses import dataclass

from tests.hostile.wire import ask, request
from tests.site_process import PATIENCE, SiteProcess

SESSIONS = 10
# In the site's own shell. Passwords are unusable: to make one takes a quarter of a second, and nobody types one here.
STAGE = """
import json
from django.test import Client
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User
from supportcenter.live.log.eventlog import position
from tests.factories import make_session

policy = SitePolicy.current()
# Between two tests their pages are closed.
policy.connection_grace = policy.customer_grace = 3600
if hasattr(policy, "lines_per_minute"):
    # Honest people write as fast as the site takes it here.
    policy.lines_per_minute = 1000
policy.save()

def signed_in(name, **more):
    user = User.objects.create_user(name, f"{name}@support.test", first_name=name.capitalize(), **more)
    CsrPrivileges.objects.create(user=user)
    browser = Client()
    browser.force_login(user)
    return user, "sessionid=" + browser.cookies["sessionid"].value

def seated(session, name):
    _customer, seat = join_session(session, name=name)
    return seat_cookie(session.key) + "=" + seat

sessions = []
for number in range(SESSIONS):
    user, desk = signed_in(f"representative{number}")
    session = make_session(user)
    facts = {"key": session.key, "number": session.number, "desk": desk}
    sessions.append({**facts, "seat": seated(session, f"Carol {number}")})
    if number == 0:
        hostile = {**facts, "seat": seated(session, "Mallory")}
for scene in (*sessions, hostile):
    scene["position"] = position("session." + scene["key"])
_manager, manager = signed_in("manager", is_staff=True, is_superuser=True)
print("scene" + json.dumps({"sessions": sessions, "hostile": hostile, "manager": manager}))
"""


@dataclass(frozen=True)
class Scene:
    """`hostile` is a second customer of the first of the `sessions`; `manager` is a manager's cookie."""

    sessions: list
    hostile: dict
    manager: str


class Site(SiteProcess):
    def scene(self):
        return Scene(**self.shell(f"SESSIONS = {SESSIONS}\n{STAGE}", "scene"))

    def shell(self, script, mark):
        """Run a script in the site's own shell, and return the JSON that it prints after `mark`."""
        command = self.manage("shell", "-c", script)
        said, _ = command.communicate(timeout=PATIENCE)
        assert command.returncode == 0, said
        [line] = [line for line in said.splitlines() if line.startswith(mark)]
        return json.loads(line.removeprefix(mark))

    async def is_well(self):
        """Still the process that was started, and it answers."""
        assert self.process.poll() is None, self.output[-5000:]
        answer = await ask(self.port, request("GET", "/accounts/login/"))
        assert answer.status == 200
