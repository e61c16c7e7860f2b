"""What the Invite panel shows."""

import re

import pytest
from django.utils.html import escape
from limits import RateLimitItemPerMinute

from invitations.models import Invitation
from invitations.rules.links import invitation_link, join_link
from invitations.rules.qr_code import qr_code
from sessions_app.actions.chat import say
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from supportcenter.compression import APART
from tests.factories import make_assistant
from tests.invitations.views.asking import CAROL, FETCH, shown, url

pytestmark = pytest.mark.django_db


def test_the_dashboard_has_the_panel(desk, session):
    page = desk.get(url(session, "dashboard"))

    assert f'id="invite-panel-{session.key}"' in page.content.decode()
    assert page.context["nonce"]


def test_links_are_apart_from_what_a_stranger_writes(desk, session, carol):
    """A page is compressed: what is repeated in it is shorter, and its length is seen on the way (BREACH)."""
    desk.post(url(session), {**CAROL, "nonce": "a" * 22}, headers=FETCH)
    line = f"https://example.org/join/{'x' * 49}/"
    say(session, text=line, client_id="1", by=carol)

    parts = desk.get(url(session, "dashboard")).content.split(APART)
    of_the_site, secret, rest = (part.decode() for part in parts)

    links = re.compile(r"(?:join|invitations)(?:/|%2F)[\w-]{22,}")
    assert len(links.findall(secret)) > 5
    assert links.findall(of_the_site.replace(line, "") + rest) == []
    assert line in of_the_site
    assert line not in secret


def test_the_assistants_dashboard_has_none(client, session, bilal):
    make_assistant(session, bilal)
    client.force_login(bilal)

    page = client.get(url(session, "dashboard"))

    assert page.status_code == 200
    assert f'id="invite-panel-{session.key}"' not in page.content.decode()


def test_the_panel_comes_with_control(client, session, bilal):
    assistant = make_assistant(session, bilal)
    client.force_login(bilal)
    assert client.get(url(session, "dashboard_region", "invite")).content == b""

    transfer_control(session, assistant, by=session.primary)

    assert f'id="invite-panel-{session.key}"' in client.get(url(session, "dashboard_region", "invite")).content.decode()


def test_the_tray_has_the_first_ways_for_a_customer(desk, session):
    html = desk.get(url(session, "dashboard_region", "tray_invite")).content.decode()

    assert f'data-copy="{session.number_in_threes}"' in html
    assert f'data-copy="{join_link(session, "customer")}"' in html
    assert f'data-target="invite-panel-{session.key}"' in html
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    sent = desk.post(url(session), {**fields, "email": "carol@example.org"}, headers=FETCH)
    assert sent.status_code == 201
    # Pressed twice, it is mailed once.
    again = desk.post(url(session), {**fields, "email": "carol@example.org"}, headers=FETCH)
    assert again.json()["invitation"] == sent.json()["invitation"]


def test_the_tray_offers_neither_a_dead_link_nor_mail_that_would_not_go(desk, session, settings):
    session.link_is_off = True
    session.save()
    settings.MAIL_IS_SET_UP = False

    html = desk.get(url(session, "dashboard_region", "tray_invite")).content.decode()

    assert "The join link is switched off." in html
    assert "/join/" not in html
    assert "<form" not in html


def test_the_list_shows_every_invitation_with_its_state(desk, session, invite, becomes):
    sent, bounced, _own = invite(), invite(email="omar@example.com"), invite(email="lena@example.com", own_program=True)
    becomes(sent, "sent")
    becomes(bounced, "bounced", "bad_address", "5.1.1 <No> such user")

    page = desk.get(url(session))

    assert shown(page) == [
        ("lena@example.com", "sent_by_you"),
        ("omar@example.com", "bounced"),
        ("carol@example.com", "sent"),
    ]
    html = page.content.decode()
    assert "The mail server does not know this address." in html
    assert "5.1.1 &lt;No&gt; such user" in html


def test_the_link_of_a_failed_invitation_is_not_lost(desk, session, invitation, becomes):
    becomes(invitation, "failed", "unreachable")

    assert f'data-copy="{invitation_link(invitation)}"' in desk.get(url(session)).content.decode()


def test_the_list_speaks_arabic(desk, session, invitation):
    page = desk.get(url(session), headers={"Accept-Language": "ar"})

    assert "في الانتظار للإرسال" in page.content.decode()


def test_the_list_costs_as_much_for_three_as_for_one(desk, session, invite, django_assert_num_queries):
    invite()
    desk.get(url(session))
    with django_assert_num_queries(6):
        desk.get(url(session))
    invite()
    invite()
    with django_assert_num_queries(6):
        desk.get(url(session))


def test_a_draft_for_every_recipient_and_language_stands_ready(desk, session):
    page = desk.get(url(session))

    drafts = {(text.recipient, text.language): text for text in page.context["texts"]}
    assert set(drafts) == {("csr", "en"), ("csr", "ar"), ("customer", "en"), ("customer", "ar")}
    for text in drafts.values():
        assert text.mailto.startswith("mailto:?subject=")
        assert escape(text.mailto) in page.content.decode()


def test_a_message_from_a_draft_leads_to_the_invitation_made_of_it(desk, session):
    page = desk.get(url(session))
    draft = next(t for t in page.context["texts"] if (t.recipient, t.language) == ("customer", "ar"))

    answer = desk.post(url(session), {**CAROL, "own_program": "on", "nonce": page.context["nonce"]}, headers=FETCH)

    assert answer.status_code == 201
    assert answer.json()["link"] in draft.body
    assert invitation_link(Invitation.objects.get()) == answer.json()["link"]


def test_the_code_is_that_of_the_link(desk, session):
    page = desk.get(url(session, "join_code"))

    assert page.context["codes"] == {
        "customer": qr_code(join_link(session, "customer")),
        "csr": qr_code(join_link(session, "csr")),
    }
    html = page.content.decode()
    assert html.count("<svg") == 2
    assert session.number_in_threes in html


def test_there_is_no_code_of_a_link_that_is_off(desk, session):
    desk.post(url(session, "switch_join_link"), {"on": "no"})

    pages = [desk.get(url(session, name)) for name in ("join_code", "join_sheet", "dashboard")]

    assert [page.context["codes"] for page in pages[:2]] == [{}, {}]
    assert all("<svg viewBox" not in page.content.decode() for page in pages[:2])
    assert "The join link is switched off" in pages[2].content.decode()
    assert "join_sheet" not in pages[2].content.decode()


@pytest.mark.parametrize(("recipient", "heading"), [("customer", "Join"), ("csr", "Assist in a"), ("x", "Join")])
def test_the_sheet_to_print_is_in_both_languages(desk, session, recipient, heading):
    html = desk.get(url(session, "join_sheet"), {"recipient": recipient}).content.decode()

    assert html.count("<svg viewBox") == 1
    assert f"<h2>{heading}" in html
    assert html.count(session.number_in_threes) == 2
    assert html.index('lang="en" dir="ltr"') < html.index('<section class="sheet__words" lang="ar" dir="rtl"')


def test_the_panel_says_the_number_in_words_of_each_language(desk, session):
    session.number = "482913605"
    session.save()

    html = desk.get(url(session, "dashboard")).content.decode()

    assert "four eight two, nine one three, six zero five" in html
    assert "أربعة ثمانية اثنان، تسعة واحد ثلاثة، ستة صفر خمسة" in html


def test_colleagues_are_suggested(desk, session, bilal):
    page = desk.get(url(session, "colleagues"), {"q": "bil"})

    html = page.content.decode()
    assert f'data-email="{bilal.email}"' in html
    assert f'data-language="{bilal.language}"' in html
    assert "data-here" not in html
    make_assistant(session, bilal)
    again = desk.get(url(session, "colleagues"), {"q": "bil"}).content.decode()
    assert f"{bilal.display_name} is already in this session." in again


def test_suggestions_have_a_pace(desk, session, monkeypatch):
    monkeypatch.setattr("invitations.views.panel.SUGGESTIONS", RateLimitItemPerMinute(2, namespace="colleagues"))

    answers = [desk.get(url(session, "colleagues"), {"q": "b"}, headers=FETCH).status_code for _letter in range(3)]

    assert answers == [200, 200, 429]


def test_after_the_end_there_is_nothing_to_scan(desk, session):
    end_session(session, by=session.primary)

    names = ("join_code", "join_sheet", "colleagues")
    assert [desk.get(url(session, name)).status_code for name in names] == [410, 410, 410]
