"""What a session is tracked by: only what admins have defined, only what its fields take."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from sessions_app.actions.case.details import change_details
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.errors import DetailsRefused, NotInSession
from sessions_app.models import SupportSession, Tag, TrackingField
from sessions_app.models.case_choices import MOST_FIELDS
from tests.factories import types

pytestmark = pytest.mark.django_db


def details(session):
    values = {each.field.name: each.value for each in session.tracking.select_related("field")}
    return values, sorted(session.tags.values_list("name", flat=True))


def test_details_are_kept_and_told_once(session, defined):
    before = len(types(session))
    ticket, product, urgent = (defined[name].pk for name in ("Ticket", "Product", "Urgent"))

    change_details(session, values={ticket: "4711", product: "Printer"}, give=[urgent], by=session.primary)
    change_details(session, values={ticket: "4711", product: "Printer"}, give=[urgent], by=session.primary)

    assert details(session) == ({"Ticket": "4711", "Product": "Printer"}, ["Urgent"])
    assert types(session)[before:] == ["details.changed"]


def test_what_is_not_named_stays_and_an_empty_value_goes(session, defined):
    ticket, product = defined["Ticket"].pk, defined["Product"].pk
    change_details(
        session, values={ticket: "4711", product: "Printer"}, give=[defined["Urgent"].pk], by=session.primary
    )
    change_details(session, values={ticket: ""}, by=session.primary)
    assert details(session) == ({"Product": "Printer"}, ["Urgent"])


@pytest.mark.parametrize("value", ["Toaster", "x" * 81, "a\nb", "a\0b", " 4711"])
def test_value_that_a_field_does_not_take_is_refused(session, defined, value):
    field = defined["Product" if value == "Toaster" else "Ticket"].pk
    with pytest.raises(DetailsRefused):
        change_details(session, values={field: value}, give=[defined["Urgent"].pk], by=session.primary)
    assert details(session) == ({}, [])


def test_what_is_switched_off_is_given_to_none_and_stays_where_it_is(session, defined):
    session.tags.add(defined["Old"])
    TrackingField.objects.filter(name="Ticket").update(is_on=False)
    for values, give in (({defined["Ticket"].pk: "1"}, []), ({}, [defined["Training"].pk + 1000])):
        with pytest.raises(DetailsRefused):
            change_details(session, values=values, give=give, by=session.primary)
    change_details(session, values={}, give=[defined["Old"].pk], by=session.primary)
    assert details(session) == ({}, ["Old"])
    change_details(session, values={}, take=[defined["Old"].pk], by=session.primary)
    with pytest.raises(DetailsRefused):
        change_details(session, values={}, give=[defined["Old"].pk], by=session.primary)


def test_two_who_change_different_things_lose_nothing(session, defined):
    urgent, training = defined["Urgent"].pk, defined["Training"].pk
    change_details(session, values={defined["Ticket"].pk: "4711"}, give=[urgent], by=session.primary)
    change_details(session, values={defined["Product"].pk: "Printer"}, give=[training], by=session.primary)
    assert details(session) == ({"Ticket": "4711", "Product": "Printer"}, ["Training", "Urgent"])
    change_details(session, values={}, take=[urgent], by=session.primary)
    assert details(session)[1] == ["Training"]


def test_choices_are_compared_as_lines(defined):
    field = TrackingField(choices="Windows\u00a011\nمی\u200cخواهم\n  \n")
    assert field.options == ["Windows 11", "می\u200cخواهم"]
    assert all(map(field.takes, field.options))


def test_customers_change_nothing(session, carol, defined):
    with pytest.raises(NotInSession):
        change_details(session, values={defined["Ticket"].pk: "1"}, by=carol)
    assert details(session) == ({}, [])


def test_session_begins_with_its_ticket(amal, defined):
    session = start_session(tracking={defined["Ticket"].pk: "4711"}, by=amal)
    assert details(session) == ({"Ticket": "4711"}, [])


def test_session_does_not_begin_with_what_is_refused(amal, defined):
    with pytest.raises(DetailsRefused):
        start_session(tracking={defined["Product"].pk: "Toaster"}, by=amal)
    assert not SupportSession.objects.exists()


def test_value_is_a_link_whose_host_it_does_not_choose(defined):
    ticket = defined["Ticket"]
    assert ticket.link_of("4711") == "https://tickets.test/?q=4711"
    assert ticket.link_of("@evil.test/?a&b#c") == "https://tickets.test/?q=%40evil.test%2F%3Fa%26b%23c"
    assert defined["Product"].link_of("Printer") == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://{value}.tickets.test/",
        "https://tickets.test/",
        "javascript:alert({value})",
        "tickets.test/{value}",
        "https:///{value}",
        "https://[/{value}",
        "https://user:{value}@tickets.test/",
    ],
)
def test_address_that_leads_nowhere_certain_is_refused(db, address):
    with pytest.raises(ValidationError) as refusal:
        TrackingField(name="Ticket", address=address).full_clean()
    assert list(refusal.value.message_dict) == ["address"]


def test_fields_in_use_are_bounded(db):
    TrackingField.objects.all().delete()
    for number in range(MOST_FIELDS):
        TrackingField.objects.create(name=str(number))
    TrackingField(name="Off", is_on=False).full_clean()
    with pytest.raises(ValidationError):
        TrackingField(name="One more").full_clean()
    TrackingField.objects.get(name="3").full_clean()


def test_labels_are_in_the_language_of_the_page(defined):
    with translation.override("ar"):
        assert [defined["Urgent"].label, defined["Training"].label] == ["عاجل", "Training"]
    assert Tag(name_ar="عاجل").label == "عاجل"
