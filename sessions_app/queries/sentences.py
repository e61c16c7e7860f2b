"""A sentence for each type of event, in the reader's language.

A sentence names the facts of its event in braces; `timeline.TimelineRenderer` replaces them by names, words and times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from supportcenter.json_types import Json, JsonObject
from supportcenter.live.models import Event

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Variants:
    """The sentence depends on the value of one fact."""

    fact: str
    sentences: Mapping[Json, StrOrPromise]
    otherwise: StrOrPromise

    def choose(self, data: JsonObject) -> StrOrPromise:
        return self.sentences.get(data.get(self.fact), self.otherwise)


SENTENCES: dict[str, StrOrPromise | Variants] = {
    "session.started": _("{actor} started the session, {mode}."),
    "session.branched": _("Another customer got a session of their own: {number}."),
    "session.quiet": _("The session was inactive and was due to end at {ends_at}."),
    "session.stirred": _("There was activity again, so the session continued."),
    "session.ended": Variants(
        "reason", {"ended": _("{actor} ended the session.")}, _("The session ended: {reason}.")
    ),
    "note.added": _("{actor} wrote a note."),
    "details.changed": _("{actor} changed the tracking fields or tags."),
    "closing.completed": _("{actor} filled in the closing form."),
    "transcript.posted": Variants(
        "by_customer",
        {True: _("{participant} had the conversation sent to their own address.")},
        _("{actor} sent the conversation to {participant} by email."),
    ),
    "participant.joined": Variants(
        "role",
        {"customer": _("{participant} joined."), "primary": _("{participant} joined as the primary representative.")},
        _("{participant} joined as an assistant."),
    ),
    "participant.waiting": _("{participant} was waiting to be let in."),
    "participant.lost": _("{participant} lost the connection."),
    "participant.expected": _("{participant} had until {until} to come back."),
    "participant.returned": _("{participant} came back."),
    "participant.left": Variants("reason", {"left": _("{participant} left.")}, _("{participant} left: {reason}.")),
    "participant.equipped": _("{participant}’s page reported what it can do."),
    "participant.checked": _("{participant}’s device was checked."),
    "lobby.left": _("The wait to be let in ended."),
    "lobby.switched": Variants(
        "on",
        {True: _("{actor} decided to let in each new customer by hand.")},
        _("{actor} decided that new customers need not wait to be let in."),
    ),
    "join.refused": Variants(
        "count",
        dict.fromkeys((None, 1), _("{name} could not join: {reason}.")),
        _("Joins that were refused: {count}. The reason: {reason}."),
    ),
    "number.renewed": _("{actor} gave the session a new number. {number} and its join link stopped working."),
    "link.renewed": _("{actor} renewed the join link. The earlier one stopped working."),
    "link.switched": Variants(
        "on", {True: _("{actor} switched the join link on again.")}, _("{actor} switched the join link off.")
    ),
    "invitation.created": Variants(
        "recipient",
        {"csr": _("{actor} invited a support representative: {channel}.")},
        _("{actor} invited a customer: {channel}."),
    ),
    "invitation.resent": _("{actor} resent an invitation."),
    "invitation.corrected": _("{actor} corrected the address of an invitation."),
    "invitation.sent": _("The mail server accepted an invitation."),
    "invitation.delivered": _("An invitation was delivered."),
    "invitation.deferred": _("An invitation is delayed. {why}"),
    "invitation.bounced": _("An invitation bounced. {why}"),
    "invitation.rejected": _("An invitation was rejected. {why}"),
    "invitation.complained": _("The recipient of an invitation reported it as spam."),
    "invitation.failed": _("An invitation was not sent. {why}"),
    "invitation.opened": _("Someone opened an invitation."),
    "invitation.joined": _("{participant} joined by invitation."),
    "invitation.revoked": _("{actor} revoked an invitation."),
    "customer.switched": Variants(
        "participant",
        {None: _("There was no longer a current customer.")},
        _("{participant} became the current customer."),
    ),
    "customer.erased": _("{actor} erased the data of a customer."),
    "control.transferred": Variants(
        "why",
        {
            "taken_over": _("{to} took over control from {from}."),
            "returned": _("{from} returned control to {to}."),
            "vanished": _("{from} was disconnected, so control passed to {to}."),
            "accepted": _("{to} accepted the session and took control."),
        },
        _("{from} transferred control to {to}."),
    ),
    "control.released": _("{from} relinquished the session. It was waiting for a representative."),
    "assistant.asked": _("{actor} asked {name} to assist."),
    "help.asked": _("{actor} asked agents of {queue} for help."),
    "help.answered": _("{name} came to help."),
    "help.ended": Variants(
        "outcome",
        {
            "declined": _("No one who was asked could help."),
            "cancelled": _("{actor} cancelled the request for help."),
            "session_over": _("The request for help ended with the transfer."),
        },
        _("No one answered the request for help in time."),
    ),
    "control.asked_back": _("{participant} asked for control back."),
    "control.refused": _("{actor} tried something that only the primary representative can do, and was refused."),
    "chat.said": _("{participant} wrote in the chat."),
    "chat.edited": _("{participant} edited a message."),
    "chat.deleted": _("{participant} deleted a message."),
    "chat.reacted": Variants(
        "on", {True: _("{participant} reacted to a message.")}, _("{participant} took back a reaction.")
    ),
    "chat.closed": _("The conversation was closed and a new one opened."),
    "activity.requested": _("{requested_by} asked {owner}: {kind}?"),
    "activity.allowed": Variants(
        "kind",
        {"recording": _("{owner} told everyone that the session would be recorded.")},
        _("{owner} allowed: {kind}."),
    ),
    "activity.started": _("{kind}: started by {owner}."),
    "activity.stopped": Variants(
        "reason", {"stopped": _("{kind}: stopped by {actor}.")}, _("{kind}: ended because {reason}.")
    ),
    "activity.moved": _("{kind}: continued with {requested_by}."),
    "call.declined": _("{participant} declined the voice call."),
    "consent.answered": _("{customer} answered {csr}: {answer}."),
    "consent.explained": Variants(
        "reason",
        {"": _("{customer} gave {csr} a reason for declining.")},
        _("{customer} gave {csr} a reason for declining: “{reason}”."),
    ),
    "consent.standing": _("{customer} allowed {csr} everything for this session."),
    "consent.withdrawn": _("{customer} withdrew the permissions given to {csr}."),
    "file.offered": _("{actor} offered files: {files}."),
    "file.started": _("A file transfer started: {name}."),
    "file.paused": _("{actor} paused a file transfer: {name}."),
    "file.resumed": _("A file transfer resumed: {name}."),
    "file.finished": _("A file was received: {name}, {size}."),
    "file.stopped": _("A file was not received: {name}, {reason}."),
    "recording.paused": _("{actor} paused the recording."),
    "recording.resumed": _("{actor} resumed the recording."),
    "recording.saved": Variants(
        "duration", {None: _("The recording was saved.")}, _("The recording was saved: {duration}.")
    ),
}  # fmt: skip

# Left out of a timeline: chat is in the transcript, and the others matter to pages alone.
SMALL = (
    *("chat.said", "chat.edited", "chat.deleted", "chat.reacted"),
    *("participant.equipped", "participant.checked", "participant.expected", "session.stirred"),
)

UNHEARD_OF = _("Something happened: {type}.")


def sentence_of(event: Event) -> StrOrPromise:
    """The sentence of this event, with its facts still in braces."""
    found = SENTENCES.get(event.type, UNHEARD_OF)
    return found.choose(event.data) if isinstance(found, Variants) else found
