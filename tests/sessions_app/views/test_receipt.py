"""What a customer can keep: the receipt of what they were asked and allowed, on the page, as a file and by email."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from sessions_app.actions.activities.activities import report_running, start_activity, stop_activity, stop_everything
from sessions_app.actions.activities.consent import decline, give_consent, withdraw_consent
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import Activity, ReceiptMail, Recording
from sessions_app.queries.receipt import receipt_of
from supportcenter.accounts.capabilities import Capability
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from tests.factories import make_assistant, sent_file
from tests.sessions_app.views.asking import ask, send

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock(time_machine):
    """A clock that stands, and is moved on by seconds."""
    time_machine.move_to(NOON, tick=False)
    return lambda seconds: time_machine.shift(timedelta(seconds=seconds))


def file_of(seat, session, **more):
    return seat.get(reverse("save_receipt", args=[session.key]), **more).content.decode()


def permissions(text):
    """The lines of the first list."""
    block = text.partition("Your permissions\n")[2].partition("\n\n")[0]
    return [line.removeprefix("- ") for line in block.splitlines()]


def page_of(seat, session):
    return " ".join(seat.get(reverse("remote_support", args=[session.key])).content.decode().split())


def test_receipt_says_what_the_customer_let_whom_see_and_for_how_long(clock, seat, session, carol):
    clock(60)
    screen = ask(session, carol)
    clock(70)
    give_consent(session, screen, by=carol)
    report_running(session, screen, details={"surface": "window"}, by=carol)
    clock(960)
    stop_activity(session, screen, by=carol)
    assert permissions(file_of(seat, session)) == [
        "You let Amal see your screen, 12:02–12:18, 16 minutes · asked at 12:01 · you allowed it at 12:02"
        " · what you showed: one window"
    ]


def test_list_in_the_room_says_the_same_and_what_is_still_running(clock, seat, session, carol):
    clock(60)
    screen = ask(session, carol)
    give_consent(session, screen, by=carol)
    report_running(session, screen, details={"surface": "window"}, by=carol)
    clock(60)
    decline(session, ask(session, carol, "video"), by=carol)
    page = " ".join(
        seat.get(reverse("customer_region", args=[session.key, "customer_status"])).content.decode().split()
    )
    assert "<strong>You let Amal see your screen, since 12:01</strong>" in page
    assert "asked at 12:01 · you allowed it at 12:01 · what you showed: one window" in page
    assert "<strong>Amal asked to see your camera</strong>" in page
    assert "asked at 12:02 · you declined at 12:02" in page
    assert "Times are in the site’s time zone: " in page


def test_receipt_says_what_was_declined_and_why_not_answered_or_never_began(clock, seat, session, carol):
    decline(session, ask(session, carol), reason="private", by=carol)
    clock(90)
    decline(session, ask(session, carol), reason="My cat is on it", by=carol)
    clock(90)
    give_consent(session, ask(session, carol, "video"), by=carol)
    ask(session, carol, "view_application")
    clock(90)
    run_due()
    end_session(session, by=session.primary)
    assert permissions(file_of(seat, session)) == [
        "Amal asked to see your screen · “It is private” · asked at 12:00 · you declined at 12:00",
        "Amal asked to see your screen · “My cat is on it” · asked at 12:01 · you declined at 12:01",
        "You let Amal see your camera · asked at 12:03 · you allowed it at 12:03 · it never began",
        "Amal asked to see one of your applications · asked at 12:03 · you gave no answer",
    ]


def test_receipt_has_what_a_standing_permission_covered_and_that_it_was_withdrawn(clock, seat, session, carol):
    give_consent(session, ask(session, carol, "video"), standing=True, by=carol)
    clock(1)
    screen = ask(session, carol)
    report_running(session, screen, details={}, by=carol)
    clock(40)
    withdraw_consent(session, by=carol)
    assert permissions(file_of(seat, session)) == [
        "You let Amal see your camera · asked at 12:00 · you allowed it at 12:00 · it never began"
        " · you withdrew it at 12:00",
        "You allowed everything that Amal asked for in this session · you allowed it at 12:00"
        " · you withdrew it at 12:00",
        "You let Amal see your screen, 12:00–12:00, 40 seconds · covered by your permission for everything"
        " · you withdrew it at 12:00",
    ]


@pytest.mark.parametrize("over", ["ended", "transferred", "customer left", "withdrew everything"])
def test_receipt_never_says_allowed_of_a_request_that_was_over_before_the_answer(
    clock, seat, session, carol, bilal, over
):
    assistant = make_assistant(session, bilal)
    ask(session, carol)
    clock(60)
    if over == "ended":
        end_session(session, by=session.primary)
    elif over == "transferred":
        transfer_control(session, assistant, by=session.primary)
    elif over == "customer left":
        leave_session(session, by=carol)
    else:
        withdraw_consent(session, by=carol)
    assert permissions(file_of(seat, session)) == [
        "Amal asked to see your screen · asked at 12:00 · you gave no answer"
    ]


def test_receipt_asks_whose_permission_it_was_and_whether_it_was_in_force(clock, seat, session, carol, bilal):
    give_consent(session, ask(session, carol, "video"), standing=True, by=carol)
    clock(60)
    withdraw_consent(session, by=carol)
    clock(60)
    ask(session, carol, "view_application")
    clock(5)
    stop_everything(session, by=session.primary)
    clock(5)
    give_consent(session, ask(session, carol, "video"), standing=True, by=carol)
    clock(60)
    # Covered, although it never began.
    ask(session, carol)
    clock(60)
    transfer_control(session, make_assistant(session, bilal), by=session.primary)
    session.refresh_from_db()
    ask(session, carol)
    clock(60)
    end_session(session, by=session.primary)
    assert permissions(file_of(seat, session))[2:] == [
        "Amal asked to see one of your applications · asked at 12:02 · the request was withdrawn",
        "You let Amal see your camera · asked at 12:02 · you allowed it at 12:02 · it never began",
        "You allowed everything that Amal asked for in this session · you allowed it at 12:02",
        "You let Amal see your screen · covered by your permission for everything · it never began",
        "Bilal asked to see your screen · asked at 12:04 · you gave no answer",
    ]


def test_receipt_counts_a_call_from_the_answer_until_the_customer_left(clock, seat, session, carol):
    call = start_activity(session, Capability.VOICE, by=session.primary)
    clock(60)
    send(seat, "answer_call", session, call.pk)
    clock(600)
    send(seat, "customer_leave", session)
    clock(3600)
    end_session(session, by=session.primary)
    (line,) = permissions(file_of(seat, session))
    assert line.startswith("You talked with Amal in a voice call, 12:01–12:11, 10 minutes · ")


def test_receipt_says_of_a_declined_call_not_how_long_the_others_talked(clock, desk, seat, session, carol):
    call = start_activity(session, Capability.VOICE, by=session.primary)
    send(seat, "customer_decline_call", session, call.pk)
    clock(600)
    send(desk, "end_session", session)
    assert permissions(file_of(seat, session)) == ["Amal called you · asked at 12:00 · you declined at 12:00"]


def test_receipt_names_session_helpers_files_and_how_long_all_is_kept(
    clock, seat, session, carol, policy, settings, tmp_path
):
    settings.MEDIA_ROOT, settings.PARTS_DIR = tmp_path / "media", tmp_path / "parts"
    policy.organisation, policy.recording_days = "Acme", 30
    policy.save()
    sent_file(session, carol, "error.txt")
    film = start_activity(session, Capability.RECORDING, by=session.primary)
    Activity.objects.filter(pk=film.pk).update(started_at=NOON)
    clock(300)
    Recording.objects.update(ended_at=NOON + timedelta(minutes=5))
    end_session(session, by=session.primary)
    text = file_of(seat, session)
    for line in (
        "Receipt of your support session", "Helped by: Amal", "Organisation: Acme", "Date: 28 November 2026",
        "Time: 12:00–12:05", "- error.txt · 5\xa0bytes · from you to Amal · received", "- 12:00–12:05 · 5 minutes",
        "- Recordings: 30 days after the end of the session, until 28 December 2026",
        "- Chat: 90 days after the end of the session, until 26 February 2027",
    ):  # fmt: skip
        assert line in text.splitlines()
    number = session.number_in_threes.replace(" ", "\xa0")
    assert f"Ask Acme and name the session number {number}." in text
    page = page_of(seat, session)
    assert "Receipt of your support session" in page
    assert "error.txt" in page


def test_receipt_on_the_page_shows_names_and_reasons_as_text(seat, session, carol, policy):
    policy.organisation = "<b>Acme</b>"
    policy.save()
    decline(session, ask(session, carol), reason="<i>no</i>", by=carol)
    end_session(session, by=session.primary)
    page = page_of(seat, session)
    assert "&lt;i&gt;no&lt;/i&gt;" in page
    assert "<i>no</i>" not in page
    assert "<b>Acme</b>" not in page


def test_receipt_prints_the_sites_time_and_says_so(seat, session, carol, settings, time_machine):
    settings.TIME_ZONE = "Asia/Riyadh"
    time_machine.move_to(datetime(2026, 11, 28, 9, 30, tzinfo=UTC), tick=False)
    decline(session, ask(session, carol), by=carol)
    receipt = file_of(seat, session)
    assert "Times are in the site’s time zone: Asia/Riyadh." in receipt
    assert "you declined at 28 Nov 2026, 12:30" in receipt or "you declined at 12:30" in receipt
    assert "UTC" not in receipt


def films(session, count):
    """Recordings, of which each lasts a minute longer than the one before."""
    for number in range(1, count + 1):
        shared = {"session": session, "kind": Capability.RECORDING, "owner": session.primary}
        run = Activity.objects.create(
            **shared, requested_by=session.primary, state="stopped", stop_reason="stopped", started_at=NOON
        )
        until = NOON + timedelta(minutes=number)
        Recording.objects.create(session=session, activity=run, state="finishing", started_at=NOON, ended_at=until)


def test_receipt_lists_the_latest_recordings_and_says_that_there_are_more(clock, session, carol):
    films(session, 4)
    all_of_it, some = receipt_of(carol, most=4), receipt_of(carol, most=2)
    assert (len(all_of_it.films), all_of_it.is_cut) == (4, False)
    assert (some.films, some.is_cut) == (["12:00–12:03 · 3 minutes", "12:00–12:04 · 4 minutes"], True)


def test_receipt_lists_the_latest_helpers_and_says_that_there_are_more(clock, session, carol, bilal, faris):
    for user in (bilal, faris):
        clock(60)
        make_assistant(session, user)
    all_of_it, some = receipt_of(carol, most=3), receipt_of(carol, most=2)
    assert (all_of_it.helpers, all_of_it.is_cut) == (["Amal", "Bilal", "Faris"], False)
    assert (some.helpers, some.is_cut) == (["Bilal", "Faris"], True)


@pytest.mark.parametrize("what", ["lines", "files"])
def test_receipt_is_cut_only_where_something_is_left_out(session, carol, what):
    for number in range(3):
        if what == "lines":
            ask(session, carol, ["video", "view_desktop", "view_application"][number])
        else:
            sent_file(session, carol, f"{number}.txt")
    assert (len(getattr(receipt_of(carol, most=3), what)), receipt_of(carol, most=3).is_cut) == (3, False)
    assert (len(getattr(receipt_of(carol, most=2), what)), receipt_of(carol, most=2).is_cut) == (2, True)


def test_saved_receipt_is_an_attachment(seat, session, carol):
    answer = seat.get(reverse("save_receipt", args=[session.key]))
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{session.number}.txt"'


class TestByEmail:
    @pytest.fixture(autouse=True)
    def ended(self, session, carol, settings):
        settings.MAIL_IS_SET_UP = True
        decline(session, ask(session, carol), reason="Visit example.org", by=carol)
        end_session(session, by=session.primary)

    def post(self, seat, session, email="carol@example.com", **more):
        return seat.post(reverse("mail_receipt", args=[session.key]), {"email": email}, **more)

    def test_it_is_on_its_way_and_then_sent(self, seat, session):
        answer = self.post(seat, session)
        assert answer.status_code == 302
        assert "The receipt is on its way to" in page_of(seat, session)
        run_due()
        assert "The receipt has been sent to" in page_of(seat, session)
        (message,) = mail.outbox
        assert message.to == ["carol@example.com"]
        assert session.number_in_threes in message.subject
        assert "Amal asked to see your screen" in message.body
        assert "Amal asked to see your screen" in message.alternatives[0][0]

    def test_it_holds_nothing_that_the_customer_has_typed(self, seat, session, carol):
        carol.name = "Buy at example.org"
        carol.save()
        self.post(seat, session)
        run_due()
        (message,) = mail.outbox
        for text in (message.subject, message.body, message.alternatives[0][0]):
            assert "example.org" not in text

    def test_it_is_in_the_customers_language(self, seat, session):
        self.post(seat, session, headers={"Accept-Language": "ar"})
        run_due()
        (message,) = mail.outbox
        assert "إيصال جلسة الدعم" in message.body
        assert 'dir="rtl"' in message.alternatives[0][0]

    @pytest.mark.parametrize("wrong", ["", "carol@", "a@example.com, b@example.com", "x" * 300 + "@example.com"])
    def test_a_wrong_address_is_refused_and_nothing_is_kept(self, seat, session, wrong):
        answer = self.post(seat, session, wrong)
        assert answer.status_code == 422
        assert "errorlist" in answer.content.decode()
        assert not ReceiptMail.objects.exists()

    def test_three_of_one_customer_at_most_and_a_repeat_is_none(self, seat, session):
        for name in ("a", "a", "b", "c"):
            assert self.post(seat, session, f"{name}@example.com").status_code == 302
        assert ReceiptMail.objects.count() == 3
        answer = self.post(seat, session, "d@example.com", headers={"x-requested-with": "fetch"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_receipts")
        assert ReceiptMail.objects.count() == 3
        assert 'name="email"' not in page_of(seat, session)

    def test_address_of_a_form_that_was_refused_leads_back_to_the_page(self, seat, session):
        # Where the language form and a reload go.
        answer = seat.get(reverse("mail_receipt", args=[session.key]))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("remote_support", args=[session.key]) + "#receipt"

    def test_a_site_without_mail_offers_and_promises_nothing(self, seat, session, settings):
        settings.MAIL_IS_SET_UP = False
        assert 'name="email"' not in page_of(seat, session)
        answer = self.post(seat, session, headers={"x-requested-with": "fetch"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "mail_is_off")
        assert not ReceiptMail.objects.exists()

    def test_an_erased_customers_is_not_sent_and_the_address_is_gone(self, seat, session, carol, dana):
        self.post(seat, session)
        erase_customer(session, carol, by=dana)
        run_due()
        assert mail.outbox == []
        assert ReceiptMail.objects.get().email == ""
        assert Delivery.objects.get().state == "withdrawn"


@pytest.mark.parametrize("way_out", ["left", "ended"])
def test_receipt_is_mailed_once_the_session_is_over_for_the_customer(seat, session, carol, settings, way_out):
    settings.MAIL_IS_SET_UP = True
    answer = send(seat, "mail_receipt", session, email="carol@example.com")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "receipt_too_early")
    assert not ReceiptMail.objects.exists()
    if way_out == "left":
        leave_session(session, by=carol)
    else:
        end_session(session, by=session.primary)
    send(seat, "mail_receipt", session, email="carol@example.com")
    assert ReceiptMail.objects.get().email == "carol@example.com"
