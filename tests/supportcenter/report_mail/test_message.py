"""What a report says by mail, in both languages, and what is attached."""

import csv
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import SupportSession
from supportcenter.report_mail.actions import subscribe
from supportcenter.report_mail.comparison import compared
from supportcenter.report_mail.reports import Figure
from supportcenter.reporting.tables import Kind
from tests.factories import make_customer, make_person, make_session
from tests.webacd.factories import enter, make_agent, make_queue
from tests.workbooks import ReadWorkbook
from webacd.actions.entering.waiting import abandon

pytestmark = pytest.mark.django_db


def held(by, day, *, minutes=10):
    """A session that lasted so long at noon of that day of March."""
    session = make_session(by)
    make_customer(session)
    end_session(session, by=session.primary)
    at = timezone.make_aware(datetime(2026, 3, day, 12))
    SupportSession.objects.filter(pk=session.pk).update(started_at=at, ended_at=at + timedelta(minutes=minutes))


def sent(hours, user, report="representatives", *, attachment="none", rhythm="daily"):
    """The message of 5 March, about the 4th."""
    subscribe(report, rhythm=rhythm, weekday=3, hour=7, attachment=attachment, by=user)
    hours.pass_to(2026, 3, 5, 7)
    (message,) = mail.outbox
    return message


def html_of(message):
    (alternative,) = message.alternatives
    assert alternative.mimetype == "text/html"
    return alternative.content


def test_figures_stand_beside_those_of_the_day_before(hours, amal):
    held(amal, 3, minutes=20)
    held(amal, 4)
    held(amal, 4)
    message = sent(hours, amal)
    assert "Sessions: 2 · before: 1 (+1)" in message.body
    assert "Average length: 10:00 · before: 20:00 (−10:00)" in message.body
    assert "Rating: – · before: –\n" in message.body
    assert message.to == ["amal@support.test"]
    assert "http://127.0.0.1:8000/reports/representatives/?since=2026-03-04&until=2026-03-04" in message.body
    assert "/reports/mail/stop/" in message.body
    html = html_of(message)
    assert '<html lang="en" dir="ltr">' in html
    assert '<span dir="ltr">+1</span>' in html
    assert "Amal" in html


def test_week_is_the_seven_days_before(hours, amal):
    for day in (1, 4):
        held(amal, day)
    message = sent(hours, amal, rhythm="weekly")
    assert message.subject == "Representatives: 26 February 2026 to 4 March 2026 (Support Center)"
    assert "Sessions: 2 · before: 0 (+2)" in message.body


def test_message_in_arabic_runs_from_right_to_left(hours, amal):
    amal.language = "ar"
    amal.save()
    held(amal, 4)
    message = sent(hours, amal)
    assert message.extra_headers["Content-Language"] == "ar"
    html = html_of(message)
    assert '<html lang="ar" dir="rtl">' in html
    assert "text-align:right" in html
    assert "الجلسات" in message.body
    for left in ("Sessions", "before", "Stop sending", "Open the", "Average", "every day"):
        assert left not in message.body + html
    # Numbers keep their direction in plain text, too, and a link stands as it is.
    assert "\u2066+1\u2069" in message.body
    stop = next(line for line in message.body.splitlines() if "/stop/" in line)
    assert stop.isascii()


def test_csr_is_told_of_themselves_alone_and_a_manager_of_all(hours, amal, bilal, dana):
    held(amal, 4)
    held(bilal, 4)
    assert "Bilal" not in sent(hours, amal).body
    mail.outbox.clear()
    subscribe("representatives", rhythm="daily", weekday=0, hour=8, attachment="none", by=dana)
    hours.pass_to(2026, 3, 5, 8)
    (message,) = mail.outbox
    assert "Amal" in message.body
    assert "Bilal" in message.body


def test_workbook_is_attached(hours, amal):
    held(amal, 4)
    ((name, content, kind),) = sent(hours, amal, attachment="xlsx").attachments
    assert (name, kind.rpartition(".")[2]) == ("representatives-2026-03-04-2026-03-04.xlsx", "sheet")
    assert ReadWorkbook(content).rows[1][:2] == ["Amal", 1]


def test_csv_is_attached_in_the_persons_language(hours, amal):
    amal.language = "ar"
    amal.save()
    held(amal, 4)
    ((name, content, kind),) = sent(hours, amal, attachment="csv").attachments
    text = content if isinstance(content, str) else content.decode()
    head, row = csv.reader(text.lstrip("\ufeff").splitlines())
    assert (name[-4:], kind) == (".csv", "text/csv")
    assert (head[0], row[0]) == ("ممثل الدعم", "Amal")


def test_long_list_is_cut_and_the_file_has_all_of_it(hours, dana):
    for number in range(17):
        held(make_person(f"csr{number:02}"), 4)
    message = sent(hours, dana, attachment="xlsx")
    assert "2 more rows are in the report." in message.body
    assert "2 more rows are in the report." in html_of(message)
    assert len(ReadWorkbook(message.attachments[0][1]).rows) == 18


def test_queues_are_summed_up(hours, dana, amal):
    billing = make_queue("billing", agents=[make_agent(amal, available=False)])
    abandon(enter(billing, "Carol"))
    message = sent(hours, dana, "queues")
    assert message.subject.startswith("Queues: ")
    assert "Arrived: 1 · before: 0 (+1)" in message.body
    assert "Abandoned: 1" in message.body
    assert "Billing" in message.body


def test_name_cannot_add_a_header_or_markup(hours, amal):
    amal.first_name = "<b>Amal\r\nBcc: all@example.org"
    amal.save()
    held(amal, 4)
    message = sent(hours, amal)
    assert "<b>Amal" not in html_of(message)
    assert "Bcc" not in dict(message.message().items())


@pytest.mark.parametrize(
    ("kind", "now", "before", "words"),
    [
        (Kind.NUMBER, 5, 3, ("5", "3", "+2")),
        (Kind.NUMBER, 3, 5, ("3", "5", "−2")),
        (Kind.NUMBER, 4.5, 4.3, ("4.5", "4.3", "+0.2")),
        (Kind.LENGTH, 90, 60, ("1:30", "1:00", "+0:30")),
        (Kind.PERCENT, 66.7, 100.0, ("66.7 %", "100 %", "−33.3 points")),
        (Kind.NUMBER, 2, 2, ("2", "2", "±0")),
        (Kind.NUMBER, None, 2, ("–", "2", "")),
    ],
)
def test_change_has_a_sign(kind, now, before, words):
    (one,) = compared([Figure("Sessions", now, kind)], [Figure("Sessions", before, kind)])
    assert (one.now, one.before, one.change) == words
