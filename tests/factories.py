"""People and sessions in the states that tests start from, made by the product's own actions."""

from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from sessions_app.actions.files.offers import Offered, accept_files, offer_files
from sessions_app.actions.files.transfers import finish_file, start_file
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.actions.presence.presence import arrive
from supportcenter.accounts.models import CsrPrivileges, Team, TeamMembership, User
from supportcenter.live.log.eventlog import events_after

PASSWORD = "correct horse battery"


def make_person(username, *, csr=True, **more):
    user = User.objects.create_user(
        username, f"{username}@support.test", PASSWORD, first_name=username.capitalize(), **more
    )
    if csr:
        CsrPrivileges.objects.create(user=user)
    return user


def make_team(name="Billing", *members, lead=None, **more):
    team = Team.objects.create(name=name, **more)
    for user in members:
        TeamMembership.objects.create(team=team, user=user)
    if lead:
        TeamMembership.objects.create(team=team, user=lead, leads=True)
    return team


def make_session(by):
    """A session just started by `by`, whose dashboard is open."""
    session = start_session(by=by)
    be_here(session.primary)
    return session


def make_customer(session, name="Carol"):
    """A customer who has joined and whose page is open. In multi-session mode it may be in a session of its own."""
    customer, _seat = join_session(session, name=name)
    return be_here(customer)


def make_assistant(session, user):
    return be_here(assist_session(session, by=user))


def sent_file(session, customer, name, whole=b"error", content_type="text/plain"):
    """A file that has come from a customer through the server, and is kept."""
    offered = offer_files(session, [Offered(name, len(whole), content_type)], by=customer)
    activity = accept_files(session, offered, by=session.primary)
    transfer = start_file(session, activity.files.get(), way="server", by=customer)
    transfer.file.save(name, ContentFile(whole), save=False)
    with transaction.atomic():
        finish_file(session.locked(), transfer, by=customer)
    return transfer


def be_here(participant, *, page=None, secret=None):
    arrive(participant.session, page=page or uuid4().hex, secret=secret or uuid4().hex, by=participant)
    participant.refresh_from_db()
    return participant


def latest(session, after=0):
    """What happened in the session after a position, as everybody on the staff sees it: (type, data) pairs."""
    return [(event.type, event.data) for event in events_after(session.stream, after, audience="staff")]


def types(session, after=0):
    return [event_type for event_type, _data in latest(session, after)]
