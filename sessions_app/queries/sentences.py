"""What happened in a session, in people's words: for each type of event a sentence in the reader's language.

A sentence names the facts of its event in braces; `Teller` puts people, words and times in their place.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class By:
    """The sentence depends on what one fact says."""

    fact: str
    sentences: dict
    otherwise: object

    def choose(self, data):
        return self.sentences.get(data.get(self.fact), self.otherwise)


SENTENCES = {
    "session.started": _("{actor} started the session, {mode}."),
    "session.branched": _("A further customer got a session of their own: {number}."),
    "session.quiet": _("It was quiet for long: the session was going to end at {ends_at}."),
    "session.stirred": _("Something happened again, so the session went on."),
    "session.ended": By(
        "reason", {"ended": _("{actor} ended the session.")}, _("The session ended: {reason}.")
    ),
    "participant.joined": By(
        "role",
        {"customer": _("{participant} joined."), "primary": _("{participant} was in control.")},
        _("{participant} joined as an assistant."),
    ),
    "participant.waiting": _("{participant} was waiting to be let in."),
    "participant.lost": _("The connection of {participant} was lost."),
    "participant.returned": _("{participant} was back."),
    "participant.left": By("reason", {"left": _("{participant} left.")}, _("{participant} left: {reason}.")),
    "participant.equipped": _("The page of {participant} told what it can do."),
    "lobby.left": _("The wait at the door was over."),
    "join.refused": _("{name} could not join: {reason}."),
    "link.renewed": _("{actor} renewed the join link. The earlier one stopped working."),
    "invitation.created": By(
        "recipient",
        {"csr": _("{actor} invited a support representative: {channel}.")},
        _("{actor} invited a customer: {channel}."),
    ),
    "invitation.resent": _("{actor} sent an invitation once more."),
    "invitation.sent": _("The mail server took an invitation."),
    "invitation.failed": _("An invitation did not go out. {why}"),
    "invitation.opened": _("Somebody opened an invitation."),
    "invitation.joined": _("{participant} came in by an invitation."),
    "invitation.revoked": _("{actor} withdrew an invitation."),
    "customer.switched": By(
        "participant", {None: _("No customer was current any more.")}, _("{participant} became the current customer.")
    ),
    "customer.erased": _("{actor} erased the data of a customer."),
    "control.transferred": By(
        "why",
        {
            "returned": _("{from} returned control to {to}."),
            "vanished": _("{from} was gone, so control went to {to}."),
            "accepted": _("{to} accepted the session and was in control."),
        },
        _("{from} transferred control to {to}."),
    ),
    "control.released": _("{from} relinquished the session. It was waiting for a representative."),
    "control.refused": _("{actor} tried what only the primary representative can do, and was refused."),
    "chat.said": _("{participant} wrote in the chat."),
    "chat.closed": _("The conversation was closed, and a fresh one opened."),
    "activity.requested": _("{requested_by} asked {owner}: {kind}?"),
    "activity.allowed": By(
        "kind",
        {"recording": _("{owner} told everybody that the session would be recorded.")},
        _("{owner} allowed: {kind}."),
    ),
    "activity.started": _("{kind}: started by {owner}."),
    "activity.stopped": By(
        "reason", {"stopped": _("{kind}: stopped by {actor}.")}, _("{kind}: over, because {reason}.")
    ),
    "activity.moved": _("{kind}: went on under {requested_by}."),
    "call.declined": _("{participant} declined the voice call."),
    "consent.answered": _("{customer} answered {csr}: {answer}."),
    "consent.standing": _("{customer} allowed {csr} everything for this session."),
    "consent.withdrawn": _("{customer} took back what {csr} had been allowed."),
    "file.offered": _("{actor} offered files: {files}."),
    "file.started": _("A file was on its way: {name}."),
    "file.paused": _("{actor} paused a file: {name}."),
    "file.resumed": _("A file went on: {name}."),
    "file.finished": _("A file was received: {name}, {size}."),
    "file.stopped": _("A file was not received: {name}, {reason}."),
    "recording.paused": _("{actor} paused the recording."),
    "recording.resumed": _("{actor} went on recording."),
    "recording.saved": By(
        "duration", {None: _("The recording was saved.")}, _("The recording was saved: {duration}.")
    ),
}  # fmt: skip

# Of no interest to somebody who asks what happened: what was said is in the transcript, the others are the pages' own.
SMALL = ("chat.said", "participant.equipped", "session.stirred")

UNHEARD_OF = _("Something happened: {type}.")


def sentence_of(event):
    """The sentence of this event, its facts still in braces."""
    found = SENTENCES.get(event.type, UNHEARD_OF)
    return found.choose(event.data) if isinstance(found, By) else found
