"""Days at the ends of the calendar, in every report."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGES = [
    "reports", "reports_csv", "reports_xlsx", "csr_report", "csr_report_csv", "csr_report_xlsx",
    "acd_figures", "acd_figures_csv", "acd_figures_xlsx",
]  # fmt: skip


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("page", PAGES)
def test_the_ends_of_the_calendar_are_days_too(client, session, dana, settings, page, zone):
    settings.TIME_ZONE = zone
    client.force_login(dana)
    for days in (
        {"until": "9999-12-31"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"since": "9999-12-31", "until": "9999-12-31"},
        {"since": "0001-01-01", "until": "0001-01-01"},
    ):
        answer = client.get(reverse(page), days)
        assert answer.status_code == 200, days
        assert answer.getvalue()


def test_all_of_it_is_what_there_is(client, session, dana):
    client.force_login(dana)
    answer = client.get(reverse("reports"), {"since": "0001-01-01", "until": "9999-12-31"})
    assert [line.session for line in answer.context["lines"]] == [session]


@pytest.mark.parametrize("before", ["9" * 19, "9" * 5000])
def test_a_place_beyond_all_numbers_is_the_first_page(client, session, dana, before):
    client.force_login(dana)
    assert client.get(reverse("reports"), {"before": before}).status_code == 200
