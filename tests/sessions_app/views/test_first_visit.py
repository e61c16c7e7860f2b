"""What those read who are here for the first time, and pages on which nothing stands yet."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from supportcenter.accounts.models import CsrPrivileges
from tests.factories import make_session

pytestmark = pytest.mark.django_db


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args)).content.decode()


def test_tour_is_offered_until_somebody_has_been_through_a_session(client, amal, session):
    assert "data-tour-offer" in page(client, amal, "dashboard", session.key)
    end_session(session, by=session.primary)
    second = make_session(amal)
    html = page(client, amal, "dashboard", second.key)
    assert "data-tour-offer" not in html
    # It can be started from the menu.
    assert html.count("data-starts-tour") == 1
    assert html.count("data-tour-step") == 5


def test_reports_without_a_session_lead_to_the_first(client, amal):
    html = page(client, amal, "reports")
    assert "Every session you take part in is listed here" in html
    assert f'href="{reverse("start_session")}">Start a session' in html


def test_reports_of_a_manager_without_a_session_speak_of_all(client, amal):
    CsrPrivileges.objects.filter(user=amal).update(manager=True)
    assert "Every session is listed here" in page(client, amal, "reports")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("overview", "No session started in this period"),
        ("survey_report", "No customer has rated a session of this period"),
    ],
)
def test_figures_of_nothing_say_why(client, amal, name, sentence):
    assert sentence in page(client, amal, name)


def test_monitoring_of_nothing_says_when_there_will_be_something(client, dana):
    assert "from the moment in which a representative starts it" in page(client, dana, "monitoring")
