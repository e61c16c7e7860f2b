import re

import pytest
from django.db import transaction
from django.urls import reverse

from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.control.relinquish import relinquish_session
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.rules.seats import seat_cookie
from sessions_app.rules.streams import stream_of
from sessions_app.views.room import CSR_REGIONS
from supportcenter.accounts.models import CsrPrivileges
from supportcenter.live.log.eventlog import position
from tests.factories import be_here, make_assistant, make_customer, make_session

pytestmark = pytest.mark.django_db


def test_dashboard_shows_everybody_who_is_in(client, amal, bilal, session, carol):
    make_assistant(session, bilal)
    client.force_login(amal)
    page = client.get(reverse("dashboard", args=[session.key]))
    assert page.status_code == 200
    assert [person.name for person in page.context["participants"]] == ["Amal", "Bilal", "Carol"]
    assert [person.name for person in page.context["assistants"]] == ["Bilal"]


def test_a_line_that_was_edited_and_then_deleted_is_a_deleted_one(client, amal, session):
    edited, deleted = (say(session, text="First", client_id=name, by=session.primary) for name in ("a", "b"))
    for line in (edited, deleted):
        edit_line(session, line, text="Second", by=session.primary)
    delete_line(session, deleted, by=session.primary)
    client.force_login(amal)

    html = client.get(reverse("dashboard", args=[session.key])).content.decode()

    tags = re.findall('data-line="([0-9]+)"([^>]*)>', html)
    marks = {pk: re.findall("data-(?:edited|deleted)", tag) for pk, tag in tags}
    assert marks == {str(edited.pk): ["data-edited"], str(deleted.pk): ["data-deleted"]}


@pytest.mark.parametrize("by_hand", [True, False])
def test_customers_page_starts_where_the_stream_it_follows_stands(client, session, policy, by_hand):
    """From the lobby that is a stream of its own: a page ahead of it would be told to reload, for ever."""
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


def test_participants_list_hands_control_to_those_who_can_take_it(client, amal, bilal, faris, session, carol):
    assistant = make_assistant(session, bilal)
    gone = make_assistant(session, faris)
    gone.mark_away("lost")
    roster = reverse("dashboard_region", args=[session.key, "roster"])
    forms = [reverse("transfer_control", args=[session.key, one.pk]) for one in (assistant, gone, carol)]
    for viewer, shown in ((amal, forms[:1]), (bilal, [])):
        client.force_login(viewer)
        html = client.get(roster).content.decode()
        assert [form for form in forms if f'action="{form}"' in html] == shown


def end_dialog(client, session):
    html = client.get(reverse("dashboard", args=[session.key])).content.decode()
    return (
        html[html.index('id="end-dialog-') : html.index('id="leave-dialog-')]
        .replace("\u2068", "")
        .replace("\u2069", "")
    )


def test_question_before_the_end_names_the_customers(client, amal, bilal, policy, session):
    policy.max_customers = 20
    policy.save()
    client.force_login(amal)
    make_assistant(session, bilal)
    assert "cut off" not in end_dialog(client, session)
    for name in ("Carol", "Omar"):
        make_customer(session, name)
    assert "Carol and Omar will be cut off." in end_dialog(client, session)
    for number in range(4):
        make_customer(session, f"Customer {number}")
    assert "Omar, Customer 0, Customer 1 and Customer 2 and others will be cut off." in end_dialog(client, session)


def test_question_before_signing_out_names_those_of_all_sessions_that_one_controls(
    client, amal, bilal, policy, session
):
    policy.multi_session = True
    policy.save()
    CsrPrivileges.objects.filter(user=amal).update(multi_session=True)
    client.force_login(amal)
    assert client.get(reverse("cut_off")).content.strip() == b""
    make_customer(session, "Carol")
    make_customer(make_session(amal), "<b>Omar</b>")
    others = make_session(bilal)
    make_customer(others, "Lena")
    make_assistant(others, amal)
    names = client.get(reverse("cut_off")).content.decode().replace("\u2068", "").replace("\u2069", "")
    assert "Carol and &lt;b&gt;Omar&lt;/b&gt; will be cut off." in names


def test_somebody_who_is_no_csr_any_more_finds_no_session(client, amal, session, carol):
    """E11: an admin takes the privileges away while the session runs."""
    CsrPrivileges.objects.filter(user=amal).delete()
    client.force_login(amal)
    pages = [reverse("dashboard", args=[session.key])]
    pages += [reverse("dashboard_region", args=[session.key, region]) for region in CSR_REGIONS]
    assert {client.get(page).status_code for page in pages} == {404}


def test_assistant_reads_that_nobody_is_in_control(client, bilal, session):
    """E4, E17: between two representatives."""
    make_assistant(session, bilal)
    session.refresh_from_db()
    with transaction.atomic():
        relinquish_session(session.locked(), by=session.primary)
    client.force_login(bilal)
    html = client.get(reverse("dashboard_region", args=[session.key, "session_bar"])).content.decode()
    assert "In transfer" in html
    assert "until another representative accepts it" in html


def test_where_a_conversation_was_closed_stands_in_the_chat_after_a_reload(client, amal, bilal, session, carol):
    """E14: before what was said since, and at the end while nothing was."""
    client.force_login(amal)
    say(session, text="Before", client_id="one", by=carol)
    assert chat_of(client, session) == ["Before"]
    transfer_control(session, make_assistant(session, bilal), by=session.primary)
    assert chat_of(client, session) == ["Before", CLOSED]

    session.refresh_from_db()
    say(session, text="After", client_id="two", by=carol)

    assert chat_of(client, session) == ["Before", CLOSED, "After"]


CLOSED = "This conversation was closed when control was transferred."


def chat_of(client, session):
    html = client.get(reverse("dashboard", args=[session.key])).content.decode()
    lines = html[html.index("data-chat-lines>") : html.index("</ol>", html.index("data-chat-lines>"))]
    return re.findall(rf"(?<=>)(?:Before|After|{CLOSED})(?=<)", lines)


@pytest.mark.parametrize(
    ("can", "offered"),
    [
        ({"screen": True, "camera": True}, ["See Carol’s screen", "Call", "Show my screen"]),
        ({"screen": False, "camera": True}, ["See Carol’s camera", "Call", "Show my screen"]),
        ({"screen": False, "camera": False}, ["Call", "Show my screen"]),
    ],
)
def test_empty_stage_offers_the_main_job(client, amal, session, carol, can, offered):
    carol.can = can
    carol.save()
    client.force_login(amal)
    assert stage_buttons(client, session) == offered


def test_empty_stage_offers_an_assistant_nothing_that_is_refused(client, bilal, session, carol):
    make_assistant(session, bilal)
    client.force_login(bilal)
    assert stage_buttons(client, session) == []


def stage_buttons(client, session):
    html = client.get(reverse("dashboard_region", args=[session.key, "stage"])).content.decode()
    buttons = re.findall(r"<button.*?</button>", html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", button).strip() for button in buttons]


LINK = re.compile(r"<a\b[^>]*>")
BAR = re.compile(r'<header class="navbar.*?</header>', re.DOTALL)


def links_of_the_bar(page):
    return LINK.findall(BAR.search(page.content.decode())[0])


def opens_beside(link):
    """Another tab, which cannot reach this one, and a screen reader hears of it."""
    return all(part in link for part in ('target="_blank"', 'rel="noopener"', 'aria-describedby="opens-beside"'))


def test_links_of_the_bar_open_beside_a_running_session(client, dana, session):
    """Leaving the dashboard would end it (E1)."""
    CsrPrivileges.objects.get_or_create(user=dana)
    make_assistant(session, dana)
    client.force_login(dana)
    room = client.get(reverse("dashboard", args=[session.key]))
    assert 'id="opens-beside"' in room.content.decode()
    assert len(links_of_the_bar(room)) >= 7
    assert [link for link in links_of_the_bar(room) if not opens_beside(link)] == []


def test_links_of_the_bar_stay_in_the_tab_where_nothing_runs(client, amal, session):
    client.force_login(amal)
    client.post(reverse("end_session", args=[session.key]))
    for page in (client.get(reverse("dashboard", args=[session.key])), client.get("/")):
        assert len(links_of_the_bar(page)) >= 4
        assert [link for link in links_of_the_bar(page) if "target" in link] == []


@pytest.fixture
def multi(policy, amal):
    policy.multi_session = True
    policy.save()
    amal.csr_privileges.multi_session = True
    amal.csr_privileges.save()


def test_each_tab_tells_where_its_stream_stands(client, multi, amal):
    """So that the page holds the session before its room has come."""
    shown, other = make_session(amal), make_session(amal)
    client.force_login(amal)
    html = client.get(reverse("dashboard", args=[shown.key])).content.decode()
    tab = html[html.index(f'id="session-tab-{other.key}"') :]
    assert position(other.stream) > 0
    assert tab.index(f'data-position="{position(other.stream)}"') < tab.index("</button>")


def test_a_room_that_comes_later_brings_its_tab(client, multi, amal):
    session = make_session(amal)
    client.force_login(amal)
    html = client.get(reverse("room", args=[session.key])).content.decode()
    assert f'id="session-tab-{session.key}"' in html
    assert f'id="room-{session.key}"' in html


@pytest.mark.parametrize(
    ("secret", "status", "is_closed"), [("tab", 204, True), ("another", 410, False), ("", 410, False)]
)
def test_page_may_say_that_it_goes_after_its_person_has_signed_out(client, session, secret, status, is_closed):
    """E1: the short grace; by what the tab alone knows."""
    primary = be_here(session.primary, page="page", secret="tab")
    path = reverse("csr_leaving", args=[session.key])
    assert client.post(path, {"page": "page", "secret": secret}).status_code == status
    primary.refresh_from_db()
    assert primary.is_closed == is_closed


@pytest.mark.parametrize("multi_session", [True, False])
def test_another_session_is_offered_to_who_may_have_one(client, multi, amal, bilal, multi_session):
    """S37: also to an assistant in somebody's multi-session window."""
    bilal.privileges.multi_session = multi_session
    bilal.privileges.save()
    session = make_session(amal)
    make_assistant(session, bilal)
    client.force_login(bilal)
    html = client.get(reverse("dashboard", args=[session.key])).content.decode()
    assert ("data-another-session" in html) == multi_session
