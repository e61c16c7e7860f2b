"""Everybody in front of the whole site: two sessions in full swing, a browser for each person, something to put into
every URL and every form. For tests that walk all of them.
"""

import re
from contextlib import contextmanager
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from invitations.actions.invite import invite_by_email
from invitations.models import InvitationWording
from invitations.rules.links import join_token
from sessions_app.actions.activities.activities import report_running, request_activity, start_activity, stop_activity
from sessions_app.actions.canned_replies import save_reply
from sessions_app.actions.chat import say
from sessions_app.actions.files.offers import Offered, offer_files
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.recordings.recordings import ANNOUNCED_FOR
from sessions_app.models import (
    Activity,
    CannedReply,
    ClosingReason,
    Recording,
    SurveyQuestion,
    Tag,
    TrackingField,
)
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.actions.faces import give_face
from supportcenter.accounts.actions.import_people import keep_people_file
from supportcenter.accounts.actions.pictures import give_logo
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.people_file.reading import PeopleTable
from supportcenter.accounts.pictures import read_face, read_logo
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.sign_on.links import sign_in_link
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.mail.outbox import post
from supportcenter.report_mail.actions import subscribe
from supportcenter.report_mail.links import signed
from tests.factories import be_here, make_assistant, make_person, make_session, make_team, sent_file
from tests.pictures import picture
from tests.webacd.factories import join_queue, make_agent, make_queue, offered
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.messages import leave_message
from webacd.actions.entering.waiting import come_back
from webacd.actions.helping.ask import ask_for_help
from webacd.models import AcdPolicy, AwayReason, Queue, QueueReply
from webacd.queries.help_requests import questions_to
from webacd.rules.places import place_cookie

# nobody: a browser the site has never seen · carol: the customer in amal's session · mallory: the one in faris's
# eve: signed in, no CSR · bilal: assists amal · amal: the primary · faris: the primary of another session
# gone: a CSR who assisted amal and has left · dana: the admin
# walter, in amal's lobby, and rami, whom amal has removed, are asked for in tests/test_authorisation_outside.py.
VIEWERS = ["nobody", "carol", "mallory", "eve", "bilal", "amal", "faris", "gone", "dana"]

# Django's admin, which is for staff alone, and long.
ADMIN = "admin:"


class Everybody:
    def __init__(self, policy, amal, bilal, eve, faris, dana):
        self.session, elsewhere = make_session(amal), make_session(faris)
        gone = make_person("gone")
        self.assistant = make_assistant(self.session, bilal)
        leave_session(self.session, by=make_assistant(self.session, gone))
        self.carol, carols_seat = self._join(self.session, "Carol")
        self.second, _seat = self._join(self.session, "Carl")
        _mallory, mallorys_seat = self._join(elsewhere, "Mallory")
        removed, removed_seat = self._join(self.session, "Rami")
        remove_participant(self.session, removed, by=self.session.primary)
        policy.admit_by_hand = True
        policy.save()
        self.waiting, walters_seat = self._join(self.session, "Walter")
        amals = {"by": self.session.primary}
        self.asked = request_activity(self.session, Capability.VIEW_DESKTOP, self.carol, **amals)
        self.amals_video = start_activity(self.session, Capability.VIDEO, **amals)
        self.recorded, self.recording = self._record(), self._record(ends=False)
        # Amal has offered Carol a file, and Carol has offered Amal one; another she has sent already.
        self.for_carol = offer_files(self.session, [Offered("for-carol.txt", 5)], to=self.carol, **amals)
        self.of_carol = sent_file(self.session, self.carol, "a.png", b"\x89PNG", "image/png")
        self.for_amal = offer_files(self.session, [Offered("for-amal.txt", 5)], by=self.carol)
        # Each has just written something, and may change it.
        self.line_of_amal = say(self.session, text="Hello", client_id="a", **amals)
        self.line_of_carol = say(self.session, text="Hello", client_id="c", by=self.carol)
        self._distribute(amal, bilal)
        self.logo = read_logo(picture())
        give_logo(self.logo, by=dana)
        self.face = read_face(picture(size=(96, 96)))
        give_face(self.face, to=amal, by=amal)
        # A canned reply of the site, which its admin has, and one of amal's own.
        CannedReply.objects.create(shortcut="hours", text="We are here until five.")
        self.reply = save_reply(CannedReply(shortcut="thanks", text="Thank you, {customer}."), by=amal)
        # Dana has uploaded a file of people, and has not confirmed it yet.
        table = PeopleTable(["username", "first_name"], [(2, ["nadia", "Nadia"])])
        self.people_file = keep_people_file("people.csv", table, by=dana)
        # Amal gets a report by mail.
        weekly = {"rhythm": "weekly", "weekday": 0, "hour": 7, "attachment": "none"}
        self.report = subscribe("representatives", **weekly, by=amal)
        # Lina leads a team that amal is in, and is no more than that; ciro is as she is, and leads none.
        lina, ciro = make_person("lina"), make_person("ciro")
        self.team = make_team("Front desk", amal, lead=lina)
        self._cookies = {
            "nobody": {},
            "carol": {seat_cookie(self.session.key): carols_seat, place_cookie(self.in_line.key): self._place},
            "mallory": {seat_cookie(elsewhere.key): mallorys_seat},
            "walter": {seat_cookie(self.session.key): walters_seat},
            "rami": {seat_cookie(self.session.key): removed_seat},
        } | {user.username: signed_in(user) for user in (eve, bilal, amal, faris, gone, dana, lina, ciro)}
        self._parts = self._parts_of_urls(amal, bilal) | rows_of_the_admin()
        self.urls = dict(url for url in urls_of_the_site() if not url[0].startswith(ADMIN))
        self.admin_urls = dict(url for url in urls_of_the_site() if url[0].startswith(ADMIN))

    def _record(self, *, ends=True):
        """A recording of amal's session: one that is finished, or one that runs."""
        primary = self.session.primary
        activity = start_activity(self.session, Capability.RECORDING, by=primary)
        Activity.objects.filter(pk=activity.pk).update(requested_at=timezone.now() - ANNOUNCED_FOR)
        report_running(self.session, activity, details={}, by=primary)
        recording = Recording.objects.get(activity=activity)
        if ends:
            stop_activity(self.session, activity, by=primary)
            file = recording.file.storage.save("recordings/film.webm", ContentFile(b"film"))
            recording.mark_ready(file=file, content_type="video/webm", size=4, duration=None, is_raw=True)
        return recording

    def _distribute(self, *users):
        """WebACD: amal and bilal are agents of one queue. Carol waits in it too, and is offered to bilal."""
        self.agents = [make_agent(user) for user in users]
        self.queue = make_queue(agents=self.agents, cherry_picking=True, offer_seconds=600)
        self.second_queue = make_queue("billing")
        self.in_line, self._place = enter_queue(self.queue, name="Carol", language="en")
        come_back(self.in_line, page="waiting-page")
        self.offer = offered(self.agents[1])
        self.message = leave_message(self.queue, name="Lena", email="lena@example.com", text="Call me")
        # Hala, whom amal could ask for help, has asked amal and bilal herself, in a session of her own.
        hala = make_agent(make_person("hala"))
        join_queue(self.second_queue, hala)
        hers = make_session(hala.user)
        # Of the viewers none: who has a second factor is asked for it.
        self.key = Authenticator.objects.create(
            user=hala.user, type="webauthn", data={"name": "Blue", "credential": {}}
        )
        ask_for_help(hers, self.queue, message="Who knows this printer?", by=hers.primary)
        (self.question,) = questions_to(self.agents[1])

    def ask(self, method, name, viewer, *, fields=None, request=None, **options):
        """The answer to one request; `fields` are sent beside the form's own, or `request` says all of what is sent."""
        path = self.path_of(name)
        rate_limiter().storage.reset()
        browser = self.browser(viewer, raise_request_exception=False, **options)
        if method == "POST" and request is None:
            return browser.post(path, self.fields_of(name) | (fields or {}))
        return browser.generic(method, path, **(request or {}))

    def path_of(self, name):
        captured = (self.urls | self.admin_urls)[url_of(name)]
        known = self._parts["everywhere"] | self._parts.get(name, {})
        return reverse(url_of(name), kwargs={each: known[each] for each in captured})

    def browser(self, viewer, **options):
        browser = Client(**options)
        for name, value in self._cookies[viewer].items():
            browser.cookies[name] = value
        return browser

    def _join(self, session, name):
        customer, seat = join_session(session, name=name)
        return be_here(customer), seat

    def _parts_of_urls(self, amal, bilal):
        invite = partial(invite_by_email, self.session, email="carol@example.com", language="en")
        invitation = invite(recipient="customer", by=self.session.primary)
        for_csr = invite(recipient="csr", by=self.session.primary)
        # Read again: signing in has changed what the token is made of.
        amal.refresh_from_db()
        content_type = ContentType.objects.get_for_model(amal)
        return {
            "everywhere": {
                "key": self.session.key,
                "region": "roster",
                "accent": "0f62a8",
                "ground": "fff4e6",
                "digest": self.logo.digest,
                "name": "home",
                "slug": self.queue.slug,
                "uidb36": user_pk_to_url_str(amal),
                "app_label": "accounts",
            },
            "face": {"digest": self.face.digest},
            "installed_icon": {"digest": self.logo.digest, "form": "mask"},
            "admin:view_on_site": {"content_type_id": content_type.pk, "object_id": amal.pk},
            "help_topic": {"slug": "invite"},
            "sign_in_link": {"token": sign_in_link(amal).split("/")[-2]},
            **dict.fromkeys(
                (
                    *("settings_person", "settings_send_link", "settings_end_sign_ins"),
                    *("settings_person_enabled", "settings_delete_person", "settings_reset_factor"),
                ),
                {"pk": amal.pk},
            ),
            "end_sign_in": {"pk": UserSession.objects.get(user=amal).pk},
            "settings_export_people": {"ending": "csv"},
            "settings_imported_people": {"pk": self.people_file.pk},
            **dict.fromkeys(("settings_team", "settings_delete_team", "settings_add_member"), {"pk": self.team.pk}),
            "settings_member": {"pk": self.team.pk, "person": amal.pk},
            **dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn"), {"pk": self.key.pk}),
            "admin:auth_user_password_change": {"id": amal.pk},
            "transfer_control": {"pk": self.assistant.pk},
            "switch_customer": {"pk": self.second.pk},
            "remove_participant": {"pk": self.carol.pk},
            "admit_customer": {"pk": self.waiting.pk},
            "refuse_customer": {"pk": self.waiting.pk},
            **dict.fromkeys(
                ("erase_customer", "send_transcript", "send_transcript_from_record"), {"pk": self.carol.pk}
            ),
            "activity_running": {"pk": self.amals_video.pk},
            **dict.fromkeys(("answer_call", "decline_call", "customer_decline_call"), {"pk": self.amals_video.pk}),
            "accept_files": {"pk": self.for_amal.pk},
            "decline_files": {"pk": self.for_amal.pk},
            **{name: {"pk": self.for_carol.files.get().pk, "step": "stop"} for name in ("file_step", "send_blocks")},
            **dict.fromkeys(
                ("customer_file_step", "customer_send_blocks"), {"pk": self.for_amal.files.get().pk, "step": "stop"}
            ),
            **{
                f"{door}{name}": {"pk": self.of_carol.pk}
                for door in ("", "customer_")
                for name in ("download_file", "file_picture")
            },
            **dict.fromkeys(("edit_message", "delete_message", "react"), {"pk": self.line_of_amal.pk}),
            **dict.fromkeys(
                ("customer_edit_message", "customer_delete_message", "customer_react"), {"pk": self.line_of_carol.pk}
            ),
            "stop_activity": {"pk": self.amals_video.pk},
            **{
                name: {"pk": self.asked.pk}
                for name in ("customer_running", "customer_stop_activity", "allow_activity", "decline_activity")
            },
            "record_list": {"name": "lines"},
            "recording": {"pk": self.recorded.pk},
            **{name: {"pk": self.recording.pk} for name in ("pause_recording", "resume_recording")},
            "add_recording_chunk": {"pk": self.recording.pk, "name": "segment", "number": 0},
            "inbox_region": {"region": "offers"},
            "monitor_region": {"region": "queues"},
            "live_region": {"region": "tiles"},
            **{name: {"pk": self.offer.pk} for name in ("accept_offer", "decline_offer")},
            **{name: {"pk": self.question.pk} for name in ("join_to_help", "help_not_now")},
            **{name: {"pk": self.in_line.pk} for name in ("pick_request", "take_back", "move_request", "request_why")},
            **{
                name: {"key": self.in_line.key}
                for name in ("waiting", "waiting_status", "leave_queue", "leave_message_while_waiting")
            },
            "answer_message": {"pk": self.message.pk},
            "mail_events": {"kind": "postmark/tracking/"},
            **{name: {"pk": self.reply.pk} for name in ("change_reply", "delete_reply")},
            "stop_report": {"pk": self.report.pk},
            "stop_report_by_link": {"signed": signed(self.report)},
            "set_agent_away": {"pk": self.agents[1].pk},
            "ask_to_assist": {"pk": bilal.pk},
            "customer_region": {"region": "customer_status"},
            "join_by_link": {"token": join_token(self.session, "customer")},
            "join_by_link/csr": {"token": join_token(self.session, "csr")},
            "open_invitation": {"token": invitation.token},
            "open_invitation/csr": {"token": for_csr.token},
            "invitation_opened": {"token": invitation.token},
            "resend_invitation": {"pk": invitation.pk},
            "revoke_invitation": {"pk": invitation.pk},
            "correct_invitation": {"pk": invitation.pk},
            "account_reset_password_from_key": {"key": default_token_generator.make_token(amal)},
        }

    def fields_of(self, name):
        message = {"name": "Carol", "email": "carol@example.com", "text": "Call me"}
        return {
            "join": {"number": self.session.number, "name": "Newcomer"},
            "correct_invitation": {"email": "caroline@example.com"},
            "assist_session": {"number": self.session.number},
            "send_message": {"text": "Hello"},
            "customer_send_message": {"text": "Hello"},
            **dict.fromkeys(("edit_message", "customer_edit_message"), {"text": "Hello!"}),
            **dict.fromkeys(("react", "customer_react"), {"reaction": "👍", "on": "true"}),
            "session_notes": {"text": "Hello"},
            "queue_entry": {"name": "Newcomer"},
            **dict.fromkeys(("leave_message", "leave_message_while_waiting", "leave_message_after"), message),
            "move_request": {"queue": self.second_queue.pk},
            "transfer_session": {"queue": self.queue.pk},
            "ask_queue": {"queue": self.second_queue.pk},
            "set_agent_status": {"status": "away"},
            "report_mail": {"report": "representatives", "rhythm": "daily", "hour": "7", "attachment": "csv"},
            **dict.fromkeys(("add_reply", "change_reply"), {"shortcut": "bye", "text": "Good-bye."}),
            "request_activity": {"kind": "view_application"},
            "offer_files": {"name": ["a.txt"], "size": ["5"], "content_type": [""], "customer": self.second.pk},
            "customer_offer_files": {"name": ["a.txt"], "size": ["0"], "content_type": [""]},
            "start_activity": {"kind": "share_application"},
            "customer_start_activity": {"kind": "video"},
            "answer_survey": {"solved": "yes", "rating": "5"},
            "remember_browser": {"remember": "yes"},
            **dict.fromkeys(
                ("mail_receipt", "send_transcript", "send_transcript_from_record"), {"email": "carol@example.com"}
            ),
            "settings_add_team": {"name": "Billing"},
            "settings_add_member": {"person": self.agents[1].user_id},
            "settings_member": {"place": "lead"},
            "set_language": {"language": "ar"},
            "join_by_link": {"name": "Newcomer"},
            "open_invitation": {"name": "Newcomer"},
            "invitations": {"recipient": "customer", "email": "carl@example.com", "language": "en"},
        }.get(name, {})


def rows_of_the_admin():
    """For each of its pages about a row, one that exists."""
    AwayReason.objects.create(name="Lunch")
    AcdPolicy.objects.get_or_create(pk=1)
    InvitationWording.objects.create(recipient="customer", language="en")
    QueueReply.objects.create(queue=Queue.objects.first(), shortcut="hours", text="Until six.")
    SurveyQuestion.objects.create(text="Was the wait short enough?")
    for model in (Tag, TrackingField, ClosingReason):
        model.objects.create(name="Printer")
    run_later("tests.unheard_of")
    post("password_reset", 1, language="en")
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}": {
            "object_id": model._default_manager.order_by("pk")[0].pk
        }
        for model in admin.site._registry
        for page in ("history", "delete", "change", *(["retry"] if model is Job else []))
    }


def signed_in(user):
    client = Client()
    client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}


BESIDE = re.compile("django_session|usersessions_usersession|audit_entry")


@contextmanager
def undone():
    """Collect the statements that write, except a browser's own sign-in; then take everything back."""
    writes = []

    def note(execute, sql, params, many, context):
        # Neither who is signed in nor what is told of reading is changed by it.
        if sql.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"} and not BESIDE.search(sql):
            writes.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            yield writes
        transaction.set_rollback(True)


def url_of(name):
    return name.partition("/")[0]


def urls_of_the_site(resolver=None, above=()):
    """Every named URL of the URLconf, with the names of what it captures."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from urls_of_the_site(each, (*above, *filter(None, [each.namespace])))
        elif each.name or not above:
            yield ":".join([*above, each.name or str(each.pattern)]), tuple(each.pattern.regex.groupindex)


def table(text, viewers=VIEWERS):
    """The rows of a table of answers, without its head, which names the viewers."""
    head, *rows = [line.split() for line in text.strip("\n").splitlines()]
    assert head == viewers
    return rows
