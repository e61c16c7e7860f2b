"""Notes, tracking fields, tags and the closing form as pages and their scripts ask for them; never a customer's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.actions.case import notes
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import add_note
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.models import SessionClosing, SupportSession, TrackingField
from tests.factories import make_assistant
from tests.sessions_app.views.asking import FETCH, send

pytestmark = pytest.mark.django_db


def region(browser, session):
    return browser.get(reverse("session_notes", args=[session.key]))


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def kept(session, carol, defined):
    """A session about which staff have kept something."""
    add_note(session, text="Second call <b>this week</b>", press="p1", by=session.primary)
    values, tags = {defined["Ticket"].pk: "47/11"}, [defined["Urgent"].pk]
    change_details(session, values=values, give=tags, by=session.primary)
    return session


@pytest.fixture
def ended(kept):
    return end_session(kept, by=kept.primary)


def test_the_region_has_what_staff_kept(desk, kept, defined):
    page = words(region(desk, kept))
    assert "Second call &lt;b&gt;this week&lt;/b&gt;" in page
    assert (
        '<a href="https://tickets.test/?q=47%2F11" rel="noopener noreferrer" target="_blank"><bdi>47/11</bdi>' in page
    )
    assert f'value="{defined["Urgent"].pk}"' in page
    assert "Old" not in page


def test_a_script_writes_notes_and_changes_details(desk, session, defined):
    ticket = defined["Ticket"]
    desk.cookies["csrftoken"] = "c" * 32
    answer = send(desk, "session_notes", session, text=" Tried\r\na restart ", once="n" * 22)
    again = send(desk, "session_notes", session, text=" Tried\r\na restart ", once="n" * 22)
    assert (answer.json(), again.json()) == ({"note": session.notes.get().pk},) * 2
    assert session.notes.get().text == "Tried\na restart"
    sent = {ticket.form_name: " 47  11 ", "tags": [defined["Training"].pk]}
    assert send(desk, "change_details", session, **sent).json() == {}
    assert [(each.field, each.value) for each in session.tracking.all()] == [(ticket, "47 11")]
    assert list(session.tags.all()) == [defined["Training"]]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"tags": ["x"]}, "in the meantime"),
        ({"tags": ["99999"]}, "in the meantime"),
        ({"Product": "Toaster"}, "in the meantime"),
        ({"tracking-99999": "4711"}, "in the meantime"),
        ({"Ticket": "x" * 81}, "80"),
    ],
)
def test_details_that_do_not_exist_are_refused_with_a_sentence(desk, session, defined, sent, said):
    sent = {defined[name].form_name if name in defined else name: value for name, value in sent.items()}
    answer = send(desk, "change_details", session, **sent)
    assert answer.status_code == 422
    assert said in answer.json()["error"]["message"]
    assert not session.tracking.exists()


def shown(page, name):
    """What a page sends along as what it showed."""
    return re.findall(rf'name="initial-{name}"(?: value="([^"]*)")?', page)


def test_a_page_that_was_drawn_before_changes_what_was_changed_on_it_alone(desk, kept, defined):
    ticket, product = defined["Ticket"].form_name, defined["Product"].form_name
    page = words(region(desk, kept))
    assert (shown(page, ticket), shown(page, product), len(shown(page, "tags"))) == (["47/11"], [""], 1)
    drawn = {f"initial-{ticket}": "47/11", f"initial-{product}": "", "initial-tags": shown(page, "tags")}
    # A colleague changes the ticket, and gives another tag.
    change_details(kept, values={defined["Ticket"].pk: "48"}, give=[defined["Training"].pk], by=kept.primary)
    send(desk, "change_details", kept, **drawn, **{ticket: "47/11", product: "Printer"})
    assert [each.value for each in kept.tracking.all()] == ["48", "Printer"]
    # Their tag stays; the one that this page showed was taken away on it.
    assert list(kept.tags.all()) == [defined["Training"]]


def test_a_value_that_is_no_choice_any_more_stays(desk, kept, defined):
    change_details(kept, values={defined["Product"].pk: "Printer"}, by=kept.primary)
    TrackingField.objects.filter(name="Product").update(choices="Scanner\nPlotter")
    product = defined["Product"].form_name
    page = words(region(desk, kept))
    assert '<option value="Printer" selected>Printer</option>' in page
    send(desk, "change_details", kept, **{f"initial-{product}": "Printer", product: "Printer"})
    assert kept.tracking.filter(value="Printer").exists()


def test_plain_forms_lead_back_to_where_they_stand(desk, kept):
    note = reverse("session_notes", args=[kept.key])
    assert desk.post(note, {"text": "By hand"}).url == reverse("dashboard", args=[kept.key])
    end_session(kept, by=kept.primary)
    assert desk.post(note, {"text": "Later"}).url == reverse("record", args=[kept.key])
    assert kept.notes.count() == 3


def test_after_the_end_the_form_is_asked_for_and_kept(desk, ended, defined):
    address = reverse("dashboard", args=[ended.key])
    page = words(desk.get(address))
    assert "Closing form" in page
    assert 'value="47/11"' in page
    said = {"reason": defined["Solved"].pk, "note": "New cable", "tags": [defined["Urgent"].pk], "once": "n" * 22}
    answer = desk.post(reverse("close_case", args=[ended.key]), said, follow=True)
    assert answer.redirect_chain == [(f"{address}#closing", 302)]
    assert "The closing form is saved." in words(answer)
    assert SessionClosing.objects.get().reason.name == "Solved"
    # A field that did not come along stays.
    assert ended.tracking.count() == 1


def test_a_form_that_is_not_whole_is_answered_with_what_is_missing(desk, kept, policy):
    policy.closing = "required"
    policy.save()
    ended = end_session(kept, by=kept.primary)
    address = reverse("close_case", args=[ended.key])
    answer = desk.post(address, {"reason": "", "note": "Half"})
    assert answer.status_code == 422
    assert "Half" in words(answer)
    assert 'class="errorlist"' in words(answer)
    assert not SessionClosing.objects.get().is_closed
    # A reload there leads back to the page.
    assert desk.get(address).url == reverse("dashboard", args=[ended.key]) + "#closing"


def test_what_the_action_refuses_stays_in_the_form(desk, ended, defined, monkeypatch):
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    answer = desk.post(reverse("close_case", args=[ended.key]), {"note": "One too many"})
    assert answer.status_code == 422
    assert "One too many" in words(answer)
    assert "as many notes as it can have" in words(answer)
    assert not SessionClosing.objects.get().is_closed


def test_a_session_without_a_closing_form_takes_none(desk, kept, policy):
    address = reverse("close_case", args=[kept.key])
    assert desk.post(address, headers=FETCH).json()["error"]["code"] == "not_ended_yet"
    policy.closing = "off"
    policy.save()
    end_session(kept, by=kept.primary)
    assert desk.post(address, headers=FETCH).json()["error"]["code"] == "no_closing_form"


def test_the_home_page_names_required_forms_until_they_are_filled_in(desk, kept, policy, defined):
    policy.closing = "required"
    policy.save()
    ended = end_session(kept, by=kept.primary)
    link = f"{reverse('dashboard', args=[ended.key])}#closing"
    assert link in words(desk.get("/"))
    desk.post(reverse("close_case", args=[ended.key]), {"reason": defined["Solved"].pk})
    assert link not in words(desk.get("/"))


def test_a_session_that_runs_has_its_note_form_in_the_console_alone(desk, kept):
    assert reverse("session_notes", args=[kept.key]) not in words(desk.get(reverse("record", args=[kept.key])))


def test_the_record_has_it_all_and_takes_notes_from_those_who_were_there(desk, ended, dana):
    page = reverse("record", args=[ended.key])
    assert reverse("session_notes", args=[ended.key]) in words(desk.get(page))
    admin = Client()
    admin.force_login(dana)
    seen = words(admin.get(page))
    assert "Second call" in seen
    assert "47/11" in seen
    assert reverse("session_notes", args=[ended.key]) not in seen


def test_lists_are_narrowed_down_to_a_ticket_and_to_a_tag(desk, ended, defined):
    listed = reverse("record", args=[ended.key])
    urgent, training = defined["Urgent"].pk, defined["Training"].pk
    found = {
        query: listed in words(desk.get("/reports/", query))
        for query in (
            tuple({"tracked": "47/11"}.items()),
            tuple({"tracked": "47"}.items()),
            tuple({"tag": urgent}.items()),
            tuple({"tag": training}.items()),
        )
    }
    assert list(found.values()) == [True, False, True, False]


def test_a_value_that_was_changed_is_found_as_it_is_now(desk, kept, defined):
    change_details(kept, values={defined["Ticket"].pk: "INC-48"}, by=kept.primary)
    listed = reverse("record", args=[kept.key])
    assert [listed in words(desk.get("/reports/", {"tracked": asked})) for asked in ("inc-48", "47/11")] == [
        True,
        False,
    ]


def test_the_file_has_a_column_for_each_field(desk, ended, defined):
    desk.post(reverse("close_case", args=[ended.key]), {"reason": defined["Solved"].pk, "tags": [defined["Urgent"].pk]})
    head, row = desk.get("/reports/sessions.csv").getvalue().decode("utf-8-sig").splitlines()
    assert head.split(",")[-4:] == ["Ticket", "Product", "Tags", "Closing reason"]
    assert row.split(",")[-4:] == ["47/11", "", "Urgent", "Solved"]


def test_a_session_is_started_with_its_ticket(desk, session, defined):
    end_session(session, by=session.primary)
    defined["Ticket"].asked_at_start = True
    defined["Ticket"].save()
    name = defined["Ticket"].form_name
    assert f'name="{name}"' in words(desk.get(reverse("start_session")))
    refused = desk.post(reverse("start_session"), {name: "x" * 81})
    assert (refused.status_code, SupportSession.objects.open().count()) == (422, 0)
    desk.post(reverse("start_session"), {name: "4711"})
    started = SupportSession.objects.open().get()
    assert [each.value for each in started.tracking.all()] == ["4711"]


def test_customers_have_none_of_it(seat, ended, carol, defined):
    for name, shown in (("remote_support", "Thank you"), ("save_receipt", "Carol")):
        seen = words(seat.get(reverse(name, args=[ended.key])))
        assert shown in seen
        for secret in ("Second call", "47/11", "Urgent", "Closing form"):
            assert secret not in seen
    before = (ended.notes.count(), list(ended.tracking.values_list("value", flat=True)), ended.tags.count())
    sent = {"text": "Mine", "note": "Mine", defined["Ticket"].form_name: "1", "tags": [defined["Training"].pk]}
    for name in ("session_notes", "change_details", "close_case"):
        answer = seat.post(reverse(name, args=[ended.key]), sent, headers=FETCH)
        assert (answer.status_code, answer.json()["error"]["code"]) == (410, "not_in_session")
    assert (ended.notes.count(), list(ended.tracking.values_list("value", flat=True)), ended.tags.count()) == before


def test_the_region_is_refused_to_customers_and_to_who_left(seat, desk, kept, amal, bilal):
    assert region(seat, kept).status_code == 302
    helper = make_assistant(kept, bilal)
    transfer_control(kept, helper, by=kept.primary)
    leave_session(kept, by=kept.participants.get(user=amal))
    answer = desk.get(reverse("session_notes", args=[kept.key]), headers=FETCH)
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "not_in_session")


def test_the_region_costs_the_same_with_many_notes(desk, kept, django_assert_max_num_queries, defined):
    region(desk, kept)
    for number in range(20):
        add_note(kept, text="n", press=f"n{number}", by=kept.primary)
    with django_assert_max_num_queries(8):
        assert words(region(desk, kept)).count('class="staff-note"') == 21
