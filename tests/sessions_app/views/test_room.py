import pytest
from django.db import transaction
from django.urls import reverse

from sessions_app.actions.join import join_session
from sessions_app.actions.relinquish import relinquish_session
from sessions_app.streams import stream_of
from sessions_app.views.doors import seat_cookie
from supportcenter.live.eventlog import position
from tests.factories import make_assistant

pytestmark = pytest.mark.django_db


def test_dashboard_shows_everybody_who_is_in(client, amal, bilal, session, carol):
    make_assistant(session, bilal)
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key]))
    assert page.status_code == 200
    assert [person.name for person in page.context["participants"]] == ["Amal", "Bilal", "Carol"]
    assert [person.name for person in page.context["assistants"]] == ["Bilal"]


@pytest.mark.parametrize("by_hand", [True, False])
def test_customers_page_starts_where_the_stream_it_follows_stands(client, session, policy, by_hand):
    """From the lobby that is a stream of its own: a page ahead of it would be told to load anew, for ever."""
    policy.admit_by_hand = by_hand
    policy.save()
    carol, seat = join_session(session, name="Carol")
    client.cookies[seat_cookie(session.key)] = seat

    page = client.get(reverse("remote_support", args=[session.key]))

    assert position(session.stream) > 0
    assert page.context["position"] == position(stream_of(carol))


def test_primary_who_wants_to_go_is_offered_to_hand_over(client, amal, session):
    """E4."""
    client.force_login(amal)
    html = client.get(reverse("dashboard", args=[session.key])).content.decode()
    dialog = html[html.index('id="end-dialog-') : html.index('id="leave-dialog-')]
    assert f'data-opens="control-dialog-{session.key}"' in dialog


def test_assistant_reads_that_nobody_is_in_control(client, bilal, session):
    """E4, E17: between two representatives."""
    make_assistant(session, bilal)
    session.refresh_from_db()
    with transaction.atomic():
        relinquish_session(session.locked(), by=session.primary)
    client.force_login(bilal)
    html = client.get(reverse("dashboard_region", args=[session.key, "session_bar"])).content.decode()
    assert "In transfer" in html
    assert "until the next representative accepts it" in html
