"""An administrator erases a customer from an ended session: no table names them afterwards (E44)."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse

from invitations.actions.accept import accept_invitation
from invitations.actions.invite import invite_by_email
from invitations.models import Invitation
from sessions_app.actions.activities.activities import request_activity, start_activity
from sessions_app.actions.activities.consent import decline
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import add_note
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.actions.receipts import mail_receipt
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.transcripts import send_transcript
from sessions_app.errors import NoRoom, NoSuchParticipant, NotAnAdmin, SessionIsOpen
from sessions_app.models import FileTransfer, Participant, Recording, SurveyQuestion, SurveyReply, Tag, TrackingField
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.audit.models import Entry
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import plan_recurring
from tests.factories import latest, make_customer, make_session, sent_file, types
from tests.webacd.factories import make_agent, make_queue, offered
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.messages import leave_message
from webacd.actions.entering.waiting import abandon, come_back
from webacd.actions.offering.accept import accept
from webacd.actions.retention import forget_what_is_due
from webacd.actions.transfer.transfer import transfer_to_queue
from webacd.models import LeftMessage, SupportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]
NAME, EMAIL, SECRET = "Zenobia Quux", "zenobia@example.com", "xyzzy-42"
TRACES = (NAME, EMAIL, SECRET)


@pytest.fixture
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PARTS_DIR = tmp_path / "parts"


@pytest.fixture
def zenobia(session):
    """A customer who came by an invitation, and whom everything in the session mentions."""
    invitation = invite_by_email(session, email=EMAIL, language="en", recipient="customer", by=session.primary)
    customer, _seat = accept_invitation(invitation, name=NAME, email=EMAIL, language="en")
    customer = Participant.objects.select_related("session").get(pk=customer.pk)
    say(session, text=f"My password is {SECRET}", client_id="c1", by=customer)
    say(session, text=f"{SECRET}, {NAME}?", client_id="a1", by=session.primary)
    decline(session, request_activity(session, "video", customer, by=session.primary), reason=SECRET, by=customer)
    sent_file(session, customer, f"{SECRET}.txt")
    film = start_activity(session, Capability.RECORDING, by=session.primary)
    film.recording.file.save("film.webm", ContentFile(b"x"))
    return customer


def where(*words):
    """Every column of every table that holds one of the words, in plain text or in JSON."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model.objects.values():
            found += [
                f"{model.__name__}.{column}"
                for column, value in row.items()
                if any(word.lower() in _text(value).lower() for word in words)
            ]
    return sorted(set(found))


def _text(value):
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def open_all(client, session, reader):
    """What the audit log tells of reading has no name in it."""
    client.force_login(reader)
    file = reverse("download_file", args=[session.key, FileTransfer.objects.get().pk])
    for address in (reverse("record", args=[session.key]), reverse("record_csv", args=[session.key]), file):
        assert client.get(address).status_code == 200
    assert {"record_opened", "record_saved", "file_opened"} <= {*Entry.objects.values_list("what", flat=True)}


def test_no_table_names_the_customer_afterwards(client, session, zenobia, dana):
    kept = [FileTransfer.objects.get().file, Recording.objects.get().file]
    end_session(session, by=session.primary)
    zenobia.refresh_from_db()
    asked = [SurveyQuestion.objects.create(kind=kind, text=kind) for kind in ("text", "yes_no")]
    replies = {asked[0].pk: SECRET, asked[1].pk: "no"}
    answer_survey(zenobia, solved="yes", rating=5, remark=f"{SECRET} helped", replies=replies)
    mail_receipt(zenobia, email=EMAIL, language="en")
    send_transcript(session, zenobia, email=EMAIL, by=session.primary)
    open_all(client, session, dana)
    # The test looks in the right places.
    assert {"Participant.name", "Participant.email", "ChatMessage.text", "Event.data", "Event.actor_name",
            "FileTransfer.name", "Invitation.email", "SurveyAnswer.remark", "SurveyReply.value",
            "ReceiptMail.email", "TranscriptMail.email"} <= set(where(*TRACES))  # fmt: skip

    erase_customer(session, zenobia, by=dana)

    assert where(*TRACES) == []
    # What was rated and chosen stays, without a name.
    assert SurveyReply.objects.get().value == "no"
    assert not [file.name for file in kept if file.storage.exists(file.name)]


def test_that_they_were_there_stays(session, zenobia, dana):
    end_session(session, by=session.primary)
    happened = types(session)
    Participant.objects.filter(pk=zenobia.pk).update(confirmed=["name"])
    erase_customer(session, zenobia, by=dana)
    assert types(session) == [*happened, "customer.erased"]
    assert latest(session)[-1] == ("customer.erased", {"participant": zenobia.pk})
    erased = Participant.objects.get(pk=zenobia.pk)
    assert (erased.is_erased, erased.display_name, erased.joined_at) == (True, "erased customer", zenobia.joined_at)
    assert erased.confirmed == []
    assert Invitation.objects.get().state == "joined"


def test_others_keep_what_is_theirs(session, zenobia, dana):
    omar = make_customer(session, "Omar")
    say(session, text="Mine does it too", client_id="o1", by=omar)
    end_session(session, by=session.primary)
    erase_customer(session, zenobia, by=dana)
    assert list(session.chat_messages.values_list("text", flat=True)) == ["Mine does it too"]
    assert Participant.objects.get(pk=omar.pk).name == "Omar"
    joined = [data["name"] for event_type, data in latest(session) if event_type == "participant.joined"]
    assert joined == ["Amal", "", "Omar"]


def test_refused_attempt_of_the_same_name_is_forgotten(session, zenobia, dana):
    SitePolicy.objects.update(max_customers=1)
    with pytest.raises(NoRoom):
        join_session(session, name=NAME)
    end_session(session, by=session.primary)
    erase_customer(session, zenobia, by=dana)
    assert where(NAME) == []


def test_twice_changes_nothing(session, zenobia, dana):
    end_session(session, by=session.primary)
    erase_customer(session, zenobia, by=dana)
    happened = types(session)
    erase_customer(session, zenobia, by=dana)
    assert types(session) == happened


@pytest.mark.parametrize("who", ["amal", "bilal", "eve"])
def test_erasing_is_for_admins(request, session, zenobia, who):
    end_session(session, by=session.primary)
    with pytest.raises(NotAnAdmin):
        erase_customer(session, zenobia, by=request.getfixturevalue(who))
    assert "Participant.name" in where(NAME)


def test_running_session_is_not_erased(session, zenobia, dana):
    with pytest.raises(SessionIsOpen):
        erase_customer(session, zenobia, by=dana)


def test_only_customers_of_this_session(session, zenobia, dana, bilal):
    elsewhere = make_session(bilal)
    for each in (session, elsewhere):
        end_session(each, by=each.primary)
    for stranger, of in ((session.primary, session), (zenobia, elsewhere)):
        with pytest.raises(NoSuchParticipant):
            erase_customer(of, stranger, by=dana)


@pytest.fixture
def served(amal):
    """A session that came by a queue and was passed on through it, with a message; and its customer."""
    first = make_agent(amal)
    queue = make_queue(agents=[first])
    answers = [{"label": "Product", "label_ar": "", "value": SECRET}]
    request, _secret = enter_queue(queue, name=NAME, email=EMAIL, answers=answers)
    come_back(request, page="p")
    session = accept(offered(first), by=amal)
    transfer_to_queue(session, queue, message=f"Please help {NAME}", confirmed=True, by=session.primary)
    leave_message(queue, name=NAME, email=EMAIL, text=SECRET, request=SupportRequest.objects.get(kind="entered"))
    return session, session.participants.customers().get()


def test_requests_and_messages_do_not_name_them_either(served, dana):
    session, customer = served
    end_session(session, by=dana)
    assert {"SupportRequest.name", "SupportRequest.answers", "SupportRequest.message",
            "LeftMessage.text"} <= set(where(*TRACES))  # fmt: skip
    erase_customer(session, customer, by=dana)
    assert where(*TRACES) == []
    assert SupportRequest.objects.count() == 2


class TestRetention:
    def test_request_outlives_its_session_without_a_name(self, served, dana, clock, django_capture_on_commit_callbacks):
        session, _customer = served
        with django_capture_on_commit_callbacks(execute=True):
            end_session(session, by=dana)
        plan_recurring()
        clock.forward(days=89)
        assert "SupportRequest.name" in where(NAME)
        clock.forward(days=2)
        clock.forward(hours=2)
        assert where(*TRACES) == []
        assert SupportRequest.objects.filter(session=None).count() == 2
        assert not LeftMessage.objects.exists()

    def test_customer_who_gave_up_waiting_is_forgotten_in_the_agents_inboxes_too(self, amal, clock, policy):
        agent = make_agent(amal)
        request, _secret = enter_queue(make_queue(agents=[agent]), name=NAME, email=EMAIL)
        come_back(request, page="p")
        offered(agent)
        abandon(request)
        assert "Event.actor_name" in where(NAME)
        Job.objects.all().delete()
        clock.forward(days=91)
        forget_what_is_due()
        assert where(*TRACES) == []

    def test_nothing_is_forgotten_for_ever_kept(self, served, dana, clock):
        SitePolicy.objects.update(retention_days=0)
        end_session(served[0], by=dana)
        clock.forward(days=1000)
        assert forget_what_is_due() is False
        assert "SupportRequest.name" in where(NAME)


def test_what_staff_kept_about_the_customer_goes_too(session, zenobia, dana):
    early = add_note(session, text=f"Waiting for {NAME}", press="p0", by=session.primary)
    early.__class__.objects.filter(pk=early.pk).update(at=zenobia.joined_at - timedelta(minutes=5))
    values = {TrackingField.objects.create(name="Account").pk: SECRET}
    change_details(session, values=values, give=[Tag.objects.create(name="Urgent").pk], by=session.primary)
    add_note(session, text=f"{NAME} called before", press="p1", by=session.primary)
    end_session(session, by=session.primary)
    add_note(session, text=f"{SECRET} again", press="p2", by=session.primary)
    assert {"StaffNote.text", "TrackingValue.value"} <= set(where(*TRACES))

    erase_customer(session, zenobia, by=dana)

    assert where(*TRACES) == []
    # What says nothing about them stays.
    assert session.tags.count() == 1
