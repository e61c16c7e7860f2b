"""Rights that are taken: each right, each way of losing it, each page and its socket (E11, E51, E71).

A page is told at once by a change through the site, and by the next heartbeat whatever has changed it.
"""

import re
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.accounts.actions.sign_ins import end_sign_ins_of
from supportcenter.accounts.models import CsrPrivileges, SignOn, SitePolicy, Team, TeamMembership
from supportcenter.accounts.sign_on.sign_ins import end_sign_ins
from supportcenter.asgi import websocket
from supportcenter.live.log.eventlog import position
from supportcenter.live.sockets.rights import read_changed, watch
from supportcenter.routing import websocket_router
from tests.factories import PASSWORD, make_assistant, make_person, make_session, make_team
from tests.realtime import Page, in_database
from tests.webacd.factories import make_agent, make_queue
from webacd.models import Agent, AgentPage, Queue

pytestmark = pytest.mark.django_db(transaction=True)

User = get_user_model()
RESTART, NOT_SIGNED_IN, FORBIDDEN, MISSING = 1012, 4401, 4403, 4404


class Scene:
    """One person's page: its socket, its URL, and the browser that has both."""

    def __init__(self, user, socket, url, stream=""):
        self.user, self.socket, self.url, self.stream = user, socket, url, stream
        self.browser = Client()
        self.browser.force_login(user)

    async def open(self):
        page = Page(websocket, self.socket, client=self.browser)
        await page.open()
        return page


def dashboard():
    user, session = make_person("bilal"), make_session(make_person("amal"))
    make_assistant(session, user)
    return Scene(user, f"/ws/sessions/{session.key}/", reverse("dashboard", args=[session.key]), session.stream)


def inbox():
    user = make_person("bilal")
    agent = make_agent(user, here=False)
    return Scene(user, "/ws/webacd/inbox/", reverse("inbox"), agent.stream)


def person():
    user = make_person("bilal")
    return Scene(user, "/ws/person/", reverse("person_page"), user.stream)


def monitoring():
    return Scene(make_admin(), "/ws/monitoring/", reverse("monitoring"))


def monitoring_of_a_lead():
    user = make_person("lina")
    make_team("Billing", make_person("bilal"), lead=user)
    return Scene(user, "/ws/monitoring/", reverse("monitoring"))


def monitor_of_an_admin():
    return Scene(make_admin(), "/ws/webacd/monitor/", reverse("monitor"))


def make_admin(name="dana"):
    return make_person(name, csr=False, is_staff=True, is_superuser=True)


def monitor_of_a_manager():
    user = make_person("bilal")
    CsrPrivileges.objects.filter(user=user).update(manager=True)
    return Scene(user, "/ws/webacd/monitor/", reverse("monitor"))


def monitor_of_a_queue():
    user = make_person("bilal")
    make_queue().managers.add(user)
    return Scene(user, "/ws/webacd/monitor/", reverse("monitor"))


# ---- Ways in which the site is told: the person's own, an admin's, any code's


def signs_out(scene):
    scene.browser.post("/accounts/logout/")


def provider_signs_out(scene):
    """As a logout token of the identity provider has it (E72)."""
    names = {"issuer": "https://login.example.org", "subject": "s1"}
    SignOn.objects.create(sign_in_id=scene.browser.session.session_key, **names)
    end_sign_ins(**names)


def gets_another_password(scene):
    user = User.objects.get(pk=scene.user.pk)
    user.set_password("another one entirely")
    user.save()


def changes_it_elsewhere(scene):
    other = Client()
    other.force_login(scene.user)
    new = {"oldpassword": PASSWORD, "password1": "another one entirely", "password2": "another one entirely"}
    assert other.post("/accounts/password/change/", new).status_code == 302


def gets_a_link_by_mail(scene):
    """Somebody who reads the mail chooses another password, in a browser that was not signed in."""
    user = User.objects.get(pk=scene.user.pk)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    other = Client()
    form = other.get(f"/accounts/password/reset/key/{key}/").headers["Location"]
    new = {"password1": "another one entirely", "password2": "another one entirely"}
    assert other.post(form, new).status_code == 302


def signs_this_device_out_on_another(scene):
    other = another_device(scene)
    (here,) = UserSession.objects.exclude(session_key=other.cookies["sessionid"].value).filter(user=scene.user)
    assert other.post(reverse("end_sign_in", args=[here.pk])).status_code == 302


def signs_all_other_devices_out(scene):
    assert another_device(scene).post(reverse("end_other_sign_ins")).status_code == 302


def another_device(scene):
    other = Client()
    other.force_login(scene.user)
    return other


def is_signed_out_by_an_admin(scene):
    admin = User.objects.filter(is_superuser=True).exclude(pk=scene.user.pk).first() or make_admin("dalia")
    end_sign_ins_of(scene.user, by=admin)


def is_deleted(scene):
    # Who has been in a session stays named in it.
    try:
        User.objects.get(pk=scene.user.pk).delete()
    except ProtectedError:
        is_disabled(scene)


def is_disabled(scene):
    user = User.objects.get(pk=scene.user.pk)
    user.is_active = False
    user.save()


def is_no_admin(scene):
    user = User.objects.get(pk=scene.user.pk)
    user.is_superuser = False
    user.save(update_fields=["is_superuser"])


def is_no_csr(scene):
    CsrPrivileges.objects.get(user=scene.user).delete()


def is_no_csr_like_many(scene):
    CsrPrivileges.objects.filter(user=scene.user).delete()


def is_no_agent(scene):
    Agent.objects.get(user=scene.user).delete()


def is_agent_no_longer(scene):
    """Of whom a past stays."""
    agent = Agent.objects.get(user=scene.user)
    agent.is_active = False
    agent.save()


def is_no_manager(scene):
    privileges = CsrPrivileges.objects.get(user=scene.user)
    privileges.manager = False
    privileges.save()


def queue_has_another_manager(scene):
    Queue.objects.get().managers.remove(scene.user)


def queue_has_no_manager(scene):
    Queue.objects.get().managers.clear()


def manages_no_queue(scene):
    scene.user.managed_queues.clear()


def queue_is_deleted(scene):
    Queue.objects.get().delete()


def leads_no_more(scene):
    membership = TeamMembership.objects.get(user=scene.user)
    membership.leads = False
    membership.save()


def leaves_the_team(scene):
    TeamMembership.objects.get(user=scene.user).delete()


def leaves_all_teams(scene):
    scene.user.teams.clear()


def team_is_deleted(_scene):
    Team.objects.get().delete()


# ---- Ways that nothing in the site hears of, such as SQL


def sign_in_is_deleted(_scene):
    Session.objects.all()._raw_delete("default")


def sign_in_runs_out(_scene):
    Session.objects.update(expire_date="2000-01-01T00:00Z")


def password_is_another(scene):
    User.objects.filter(pk=scene.user.pk).update(password="!")


def account_is_off(scene):
    User.objects.filter(pk=scene.user.pk).update(is_active=False)


def admin_flag_is_off(scene):
    User.objects.filter(pk=scene.user.pk).update(is_superuser=False)


def row_of_a_csr_is_gone(scene):
    CsrPrivileges.objects.filter(user=scene.user)._raw_delete("default")


def row_of_an_agent_is_gone(scene):
    AgentPage.objects.filter(agent__user=scene.user)._raw_delete("default")
    Agent.objects.filter(user=scene.user)._raw_delete("default")


def manager_flag_is_off(scene):
    CsrPrivileges.objects.filter(user=scene.user).update(manager=False)


def queue_is_managed_by_none(_scene):
    Queue.managers.through.objects.all()._raw_delete("default")


def team_is_led_by_none(_scene):
    TeamMembership.objects.update(leads=False)


def factor_is_missing(scene):
    """E70: it is required of everyone, and the grace is over."""
    SitePolicy.objects.update_or_create(pk=1, defaults={"second_factor": "everyone"})
    User.objects.filter(pk=scene.user.pk).update(second_factor_from="2000-01-01T00:00Z")


EVERYWHERE = [
    *(dashboard, inbox, person, monitoring, monitoring_of_a_lead),
    *(monitor_of_an_admin, monitor_of_a_manager, monitor_of_a_queue),
]
CSRS = [dashboard, inbox, person, monitoring_of_a_lead, monitor_of_a_manager]
ADMINS = [monitoring, monitor_of_an_admin]

# The pages that a way of losing a right takes away.
TOLD = {
    signs_out: EVERYWHERE,
    provider_signs_out: EVERYWHERE,
    gets_another_password: EVERYWHERE,
    changes_it_elsewhere: EVERYWHERE,
    gets_a_link_by_mail: EVERYWHERE,
    signs_this_device_out_on_another: EVERYWHERE,
    signs_all_other_devices_out: EVERYWHERE,
    is_signed_out_by_an_admin: EVERYWHERE,
    is_disabled: EVERYWHERE,
    is_deleted: EVERYWHERE,
    is_no_admin: ADMINS,
    is_no_csr: CSRS,
    is_no_csr_like_many: CSRS,
    is_no_agent: [inbox],
    is_agent_no_longer: [inbox],
    is_no_manager: [monitor_of_a_manager],
    queue_has_another_manager: [monitor_of_a_queue],
    queue_has_no_manager: [monitor_of_a_queue],
    manages_no_queue: [monitor_of_a_queue],
    queue_is_deleted: [monitor_of_a_queue],
    leads_no_more: [monitoring_of_a_lead],
    leaves_the_team: [monitoring_of_a_lead],
    leaves_all_teams: [monitoring_of_a_lead],
    team_is_deleted: [monitoring_of_a_lead],
}
UNTOLD = {
    sign_in_is_deleted: EVERYWHERE,
    sign_in_runs_out: EVERYWHERE,
    password_is_another: EVERYWHERE,
    account_is_off: EVERYWHERE,
    factor_is_missing: EVERYWHERE,
    admin_flag_is_off: ADMINS,
    row_of_a_csr_is_gone: CSRS,
    row_of_an_agent_is_gone: [inbox],
    manager_flag_is_off: [monitor_of_a_manager],
    queue_is_managed_by_none: [monitor_of_a_queue],
    team_is_led_by_none: [monitoring_of_a_lead],
}


def each(ways):
    return [pytest.param(way, page, id=f"{page.__name__}-{way.__name__}") for way in ways for page in ways[way]]


@pytest.mark.parametrize(("way", "page"), each(TOLD))
async def test_page_whose_right_is_taken_through_the_site_hears_nothing_more(way, page):
    scene = await in_database(page)
    socket = await followed(scene)
    await in_database(way, scene)

    code = await closed(socket)
    await is_shut_out(scene, code)


@pytest.mark.parametrize(("way", "page"), each(UNTOLD))
async def test_page_whose_right_is_taken_unseen_hears_nothing_after_the_next_heartbeat(way, page):
    scene = await in_database(page)
    socket = await followed(scene)
    await in_database(way, scene)
    await socket.expect_nothing_more()
    await watch.ask()

    code = await closed(socket)
    await is_shut_out(scene, code)


# Their pages are a customer's, with a seat or a place and no account; nobody's; or told by another socket of the page.
NO_ACCOUNT = {"/ws/check/", "/ws/support/<key>/", "/ws/waiting/<key>/"}


def test_every_socket_of_people_with_an_account_is_in_the_table():
    patterns = [re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", str(each.pattern)) for each in websocket_router().routes]
    sockets = {"/" + pattern.strip("^$") for pattern in patterns} - {"/"}
    assert sockets == NO_ACCOUNT | {re.sub(r"/ws/sessions/.*", "/ws/sessions/<key>/", each) for each in SOCKETS}


SOCKETS = ["/ws/sessions/", "/ws/webacd/inbox/", "/ws/person/", "/ws/monitoring/", "/ws/webacd/monitor/"]


@pytest.mark.parametrize("page", EVERYWHERE)
async def test_scene_is_of_a_known_socket(page):
    scene = await in_database(page)
    assert [socket for socket in SOCKETS if scene.socket.startswith(socket)] != []


@pytest.mark.parametrize("page", EVERYWHERE)
async def test_page_whose_sign_in_reaches_a_limit_is_closed_then_and_not_at_the_next_heartbeat(page):
    scene = await in_database(page)
    await in_database(sign_in_lasts_a_moment_more, scene)
    socket = await followed(scene)

    assert await closed(socket) == NOT_SIGNED_IN
    await is_shut_out(scene, NOT_SIGNED_IN)


def sign_in_lasts_a_moment_more(_scene):
    Session.objects.update(expire_date=clock.now() + timedelta(seconds=1.5))


@pytest.mark.parametrize("page", EVERYWHERE)
async def test_page_whose_rights_are_as_before_stays(page):
    scene = await in_database(page)
    socket = await followed(scene)
    await in_database(scene.user.save)
    await watch.ask()

    await socket.expect_nothing_more()
    await socket.leave()


async def test_a_heartbeat_costs_the_same_for_many_pages():
    """A statement for each kind of ground: sign-ins, accounts, seats."""
    scene = await in_database(dashboard)
    several = [await followed(scene)]
    for name in ("bilals-friend", "another"):
        several.append(await followed(await in_database(join_as_well, scene, name)))
    grounds = [page.grounds for page in watch._pages]

    assert [await in_database(statements_for, grounds[:count]) for count in (1, 3)] == [3, 3]
    for socket in several:
        await socket.leave()


def join_as_well(scene, name):
    session = SupportSession.objects.get()
    user = make_person(name)
    make_assistant(session, user)
    return Scene(user, scene.socket, scene.url, scene.stream)


def statements_for(grounds):
    with CaptureQueriesContext(connection) as asked:
        assert read_changed({each for several in grounds for each in several}) == set()
    return len(asked)


async def followed(scene, page="page-1"):
    after = await in_database(position, scene.stream) if scene.stream else 0
    socket = await scene.open()
    await socket.follow(after, page=page)
    await socket.send(frame="ping")
    while (await socket.next_frame())["frame"] != "pong":
        pass
    return socket


async def closed(socket):
    """The code with which it is closed; other frames may come before."""
    while True:
        message = await socket._socket.receive_output(timeout=5)
        if message["type"] == "websocket.close":
            await socket.leave()
            return message["code"]


async def is_shut_out(scene, code):
    """The page comes back if it is told to, and is refused for good; its URL answers like a stranger's."""
    if code == RESTART:
        code = await closed(await scene.open())
    assert code in {NOT_SIGNED_IN, FORBIDDEN, MISSING}
    answer = await in_database(scene.browser.get, scene.url)
    leads = answer.headers.get("Location", "").startswith("/accounts/")
    assert leads if answer.status_code == 302 else code != NOT_SIGNED_IN and answer.status_code in {403, 404}


async def test_lead_of_another_team_as_well_keeps_the_page_and_is_told_that_others_are_in_it():
    scene = await in_database(monitoring_of_a_lead)
    second = await in_database(make_team, "Sales", lead=scene.user)
    socket = await followed(scene)
    await in_database(second.delete)

    assert (await socket.next_frame())["type"] == "sessions.changed"
    await socket.leave()
    assert (await in_database(scene.browser.get, scene.url)).status_code == 200
