"""The closing form (E56): asked for at the end by the rule of the site or the queue, and kept when it is whole."""

import pytest

from sessions_app.actions.case.closing import close_case
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import ClosingIncomplete, DetailsRefused, NoClosingForm, NotEndedYet, NotInSession
from sessions_app.models import SessionClosing, TrackingField
from sessions_app.queries.case import closings_that_wait
from tests.factories import make_assistant, types

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(policy):
    policy.closing = "required"
    policy.save()


@pytest.fixture
def ended(session, carol):
    return end_session(session, by=session.primary)


def close(session, by=None, **said):
    return close_case(session, **{"values": {}, "press": "p", **said}, by=by or session.primary)


@pytest.mark.parametrize(("rule", "asked"), [("off", []), ("optional", [False]), ("required", [True])])
def test_the_site_says_whether_it_is_asked_for(session, carol, policy, rule, asked):
    policy.closing = rule
    policy.save()
    end_session(session, by=session.primary)
    assert list(SessionClosing.objects.values_list("is_required", flat=True)) == asked


def test_it_is_not_asked_for_where_no_customer_came(session):
    end_session(session, by=session.primary)
    assert not SessionClosing.objects.exists()


def test_what_became_of_it_is_kept_and_told(ended, defined):
    before = len(types(ended))
    solved, urgent, ticket = (defined[name].pk for name in ("Solved", "Urgent", "Ticket"))

    closing = close(ended, reason=solved, values={ticket: "4711"}, give=[urgent], note="New cable")

    assert (closing.reason.name, closing.closed_by, closing.is_closed) == ("Solved", ended.primary, True)
    assert list(ended.notes.values_list("text", flat=True)) == ["New cable"]
    assert [each.value for each in ended.tracking.all()] == ["4711"]
    assert types(ended)[before:] == ["details.changed", "note.added", "closing.completed"]


def test_it_may_be_changed_and_the_same_press_writes_one_note(ended, defined):
    close(ended, reason=defined["Solved"].pk, note="New cable", press="p1")
    close(ended, note="New cable", press="p1")
    assert ended.notes.count() == 1
    assert SessionClosing.objects.get().reason.name == "Solved"
    close(ended, reason=0)
    assert SessionClosing.objects.get().reason is None


@pytest.mark.usefixtures("required")
def test_what_is_required_is_asked_for_before_anything_is_kept(session, carol, defined):
    TrackingField.objects.filter(name="Product").update(is_required=True)
    end_session(session, by=session.primary)
    solved, product = defined["Solved"].pk, defined["Product"].pk
    for said in ({"values": {product: "Printer"}}, {"reason": solved}):
        with pytest.raises(ClosingIncomplete):
            close(session, note="New cable", **said)
    assert not session.notes.exists()
    assert not session.tracking.exists()
    assert close(session, reason=solved, values={product: "Printer"}).is_closed


@pytest.mark.usefixtures("required")
def test_what_was_filled_in_during_the_session_counts(session, carol, defined):
    TrackingField.objects.filter(name="Product").update(is_required=True)
    session.tracking.create(field=defined["Product"], value="Printer")
    end_session(session, by=session.primary)
    assert close(session, reason=defined["Solved"].pk).is_closed


def test_reason_that_is_switched_off_is_refused_and_kept_where_it_was(ended, defined):
    with pytest.raises(DetailsRefused):
        close(ended, reason=defined["Gone"].pk)
    SessionClosing.objects.update(reason=defined["Gone"])
    assert close(ended, reason=defined["Gone"].pk).reason.name == "Gone"


def test_it_is_refused_before_the_end_where_none_is_asked_for_and_to_others(session, carol, bilal, policy):
    helper = make_assistant(session, bilal)
    with pytest.raises(NotEndedYet):
        close(session)
    policy.closing = "off"
    policy.save()
    end_session(session, by=session.primary)
    with pytest.raises(NoClosingForm):
        close(session, by=helper)
    with pytest.raises(NotInSession):
        close(session, by=carol)


@pytest.mark.usefixtures("required")
def test_those_that_wait_are_of_the_last_primary(session, carol, amal, bilal, defined):
    helper = make_assistant(session, bilal)
    end_session(session, by=session.primary)
    assert [[each.session for each in closings_that_wait(user)] for user in (amal, bilal)] == [[session], []]
    # A colleague who was there may fill it in.
    close(session, by=helper, reason=defined["Solved"].pk)
    assert closings_that_wait(amal) == []
