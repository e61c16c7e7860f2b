"""The refusals of invitations, each with its own sentence."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Forbidden, Gone, Missing, Refused


class LinkUnknown(Missing):
    code = "link_unknown"
    message = _("This link does not lead to a session. Ask your representative for a new one.")


class JoinLinkOff(Forbidden):
    """The primary has switched the session's join link off, and may switch it on again (E38)."""

    code = "join_link_off"
    message = _("This link has been switched off. Ask your representative for another way in.")


class AddressRefused(Refused):
    """S27: nothing is sent to what is no address."""

    code = "address_refused"
    message = _("This is not an email address that messages can be sent to.")
    status = 422


class NoMailServer(Conflict):
    """Without a mail server nothing that the site sends would arrive (E39)."""

    code = "no_mail_server"
    message = _("No mail server is set up. Use your own email program, or copy the join link.")


class InvitationRefused(Refused):
    """What was typed does not make an invitation; `facts["fields"]` says what is wrong with which field."""

    code = "invitation_refused"
    message = _("Please check what you typed.")
    status = 422


class TooManyInvitations(Conflict):
    """E39."""

    code = "too_many_invitations"
    message = _("This session has no invitations left. Copy the join link instead.")


class NoSuchInvitation(Missing):
    code = "no_such_invitation"
    message = _("There is no such invitation in this session.")


class NotSentByTheSite(Conflict):
    """S30: what went out through the representative's own program cannot be sent again from here."""

    code = "not_sent_by_the_site"
    message = _("You sent this invitation with your own email program. Send it again from there.")


class InvitationOpened(Conflict):
    """Its link is in the right hands already, or the person has joined."""

    code = "invitation_opened"
    message = _("This invitation has been opened already. Invite the other address instead.")


class InvitationRevoked(Gone):
    code = "invitation_revoked"
    message = _("This invitation was revoked. Ask your representative for a new one.")


class InvitationExpired(Gone):
    """E38."""

    code = "invitation_expired"
    message = _("This invitation is no longer valid. Ask your representative for a new one.")


class InvitationTaken(Conflict):
    """E38: an invitation is one seat, and another representative sits in it."""

    code = "invitation_taken"
    message = _("Another representative has already used this invitation. Ask for a new one.")
