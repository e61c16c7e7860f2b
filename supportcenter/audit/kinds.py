"""What the audit log can say: a sentence for each name that is noted, and the topic that people look for it by.

A sentence names its facts in braces; `lines.py` replaces them. Most have a second one, for what somebody did to
another's account. A name without a sentence is shown as it is, and fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Topic(models.TextChoices):
    SIGN_IN = "sign_in", _("Sign-ins and passwords")
    PEOPLE = "people", _("People and rights")
    SETTINGS = "settings", pgettext_lazy("audit log", "Settings")
    READ = "read", _("Opened and watched")
    TAKEN = "taken", _("Exports and sent copies")
    ENDED = "ended", _("Ended and erased")
    REFUSED = "refused", _("Refusals and attacks")
    OTHER = "other", pgettext_lazy("audit log", "Other")


@dataclass(frozen=True)
class Kind:
    topic: Topic
    # Empty where somebody always acted `by` name.
    sentence: StrOrPromise
    by_other: StrOrPromise = ""


KINDS: dict[str, Kind] = {
    "signed_in": Kind(Topic.SIGN_IN, _("{account} signed in.")),
    "signed_out": Kind(Topic.SIGN_IN, _("{account} signed out.")),
    "sign_in_failed": Kind(Topic.SIGN_IN, _("A sign-in as {account} failed: wrong password, or no such account.")),
    "sign_in_slowed_down": Kind(Topic.SIGN_IN, _("A sign-in as {account} was slowed down after too many failures.")),
    "sign_in_locked": Kind(Topic.SIGN_IN, _("A sign-in as {account} was refused after too many failures.")),
    "password_changed": Kind(Topic.SIGN_IN, _("{account} changed their password.")),
    "password_reset_requested": Kind(Topic.SIGN_IN, _("A link for a new password was requested for {email}.")),
    "password_link_sent": Kind(Topic.SIGN_IN, "", _("{by} sent {account} a link to choose a password.")),
    "rights_changed": Kind(
        Topic.PEOPLE, _("The account or rights of {account} changed."),
        _("{by} changed the account or rights of {account}."),
    ),
    "picture_changed": Kind(
        Topic.PEOPLE, _("{account} changed their picture."), _("{by} changed the picture of {account}.")
    ),
    "picture_removed": Kind(
        Topic.PEOPLE, _("{account} removed their picture."), _("{by} removed the picture of {account}.")
    ),
    "second_factor_added": Kind(Topic.SIGN_IN, _("{account} added a second factor.")),
    "second_factor_removed": Kind(Topic.SIGN_IN, _("{account} removed a second factor.")),
    "second_factor_failed": Kind(Topic.SIGN_IN, _("A second factor of {account} was not right.")),
    "second_factor_locked": Kind(Topic.SIGN_IN, _("A second factor of {account} was refused after too many failures.")),
    "second_factor_reset": Kind(
        Topic.SIGN_IN,
        _("The second factors of {account} were reset."),
        _("{by} reset the second factors of {account}."),
    ),
    "recovery_codes_renewed": Kind(Topic.SIGN_IN, _("{account} made new recovery codes.")),
    "recovery_code_used": Kind(Topic.SIGN_IN, _("{account} used a recovery code.")),
    "identity_asked": Kind(Topic.SIGN_IN, _("{account} was asked to confirm who they are.")),
    "people_imported": Kind(Topic.PEOPLE, "", _("{by} imported people.")),
    "people_exported": Kind(Topic.TAKEN, "", _("{by} exported the people.")),
    "file_unreadable": Kind(Topic.OTHER, _("A kept file could not be read: {why}.")),
    "sign_ins_ended": Kind(
        Topic.SIGN_IN,
        _("{account} ended sign-ins of their own."),
        _("{by} ended sign-ins of {account}."),
    ),
    "account_linked": Kind(Topic.SIGN_IN, _("{account} was linked to an account of the identity provider.")),
    "sign_in_link_made": Kind(Topic.SIGN_IN, _("A link to sign in was made for {account} by a command.")),
    "sign_in_link_used": Kind(Topic.SIGN_IN, _("{account} signed in by a link.")),
    "signed_out_by_provider": Kind(Topic.SIGN_IN, _("The identity provider ended sign-ins.")),
    "administrator_kept": Kind(
        Topic.PEOPLE,
        _("The identity provider took the administrator role from {account}, who kept it as the last one."),
    ),
    "sign_on_refused": Kind(Topic.SIGN_IN, _("A single sign-on was refused: {why}.")),
    "logout_token_refused": Kind(Topic.REFUSED, _("A logout of the identity provider was refused: {why}.")),
    "policy_changed": Kind(Topic.SETTINGS, _("The {model} changed."), _("{by} changed the {model}.")),
    "settings_changed": Kind(Topic.SETTINGS, _("{object} ({model}) changed."), _("{by} changed {object} ({model}).")),
    "settings_added": Kind(Topic.SETTINGS, _("{object} ({model}) was added."), _("{by} added {object} ({model}).")),
    "settings_removed": Kind(
        Topic.SETTINGS, _("{object} ({model}) was deleted."), _("{by} deleted {object} ({model}).")
    ),
    "admin_added": Kind(Topic.SETTINGS, "", _("{by} added a row in the administration: {model} {key}.")),
    "admin_changed": Kind(Topic.SETTINGS, "", _("{by} changed a row in the administration: {model} {key}.")),
    "admin_deleted": Kind(Topic.SETTINGS, "", _("{by} deleted a row in the administration: {model} {key}.")),
    "record_opened": Kind(Topic.READ, _("{account} opened the record of {about}.")),
    "file_opened": Kind(Topic.READ, _("{account} opened a file of {about}.")),
    "recording_opened": Kind(Topic.READ, _("{account} watched a recording of {about}.")),
    "recording_saved": Kind(Topic.TAKEN, _("{account} downloaded a recording of {about}.")),
    "session_watched": Kind(Topic.READ, _("{account} watched {about} while it was running, without taking part.")),
    "monitoring_opened": Kind(Topic.READ, _("{account} opened the list of all running sessions.")),
    "record_saved": Kind(Topic.TAKEN, _("{account} saved the record of {about} as a file.")),
    "report_saved": Kind(Topic.TAKEN, _("{account} saved a report as a file: {report}.")),
    "report_mailed": Kind(Topic.TAKEN, _("{account} was sent a report by email: {report}.")),
    "conversation_sent": Kind(
        Topic.TAKEN, _("The customer of {about} had the conversation sent by email."),
        _("{by} sent the conversation of {about} by email."),
    ),
    "audit_log_saved": Kind(Topic.TAKEN, _("{account} saved the audit log as a file.")),
    "backup_made": Kind(Topic.TAKEN, _("A backup of the site was made by a command.")),
    "backup_restored": Kind(Topic.SETTINGS, _("The site was restored from a backup by a command.")),
    "session_ended_by_admin": Kind(Topic.ENDED, _("{account} ended {about} as an administrator.")),
    "customer_erased": Kind(Topic.ENDED, _("{account} erased a customer from {about}.")),
    "audit_log_shortened": Kind(Topic.ENDED, _("Entries of the audit log past their time were deleted: {entries}.")),
    "access_refused": Kind(Topic.REFUSED, _("{someone} was refused: {why}.")),
    "mail_events_refused": Kind(
        Topic.REFUSED, _("A call in the name of the mail provider was refused: it did not have the secret.")
    ),
    "foreign_host": Kind(Topic.REFUSED, _("A request for another host was refused: {host}.")),
    "joins_limited": Kind(Topic.REFUSED, _("{about} was joined too often.")),
    "socket_flood": Kind(Topic.REFUSED, _("A page sent more messages than a person can: {viewer}.")),
    "sockets_refused": Kind(Topic.REFUSED, _("Too many connections were opened.")),
    "body_too_large": Kind(Topic.REFUSED, _("A request was larger than its page takes.")),
    "request_too_slow": Kind(Topic.REFUSED, _("A request did not arrive in time.")),
    "too_busy": Kind(Topic.REFUSED, _("A request was turned away because too many were under way.")),
    "request_refused": Kind(Topic.REFUSED, _("A request that could not be read was refused: {kind}.")),
}  # fmt: skip


def topic_of(what: str) -> str:
    return KINDS[what].topic if what in KINDS else Topic.OTHER
