"""Refusals about who is in a session and who controls it."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Forbidden, Gone, Missing, Refused, TooMany


class NotACsr(Forbidden):
    code = "not_a_csr"
    message = _("Only support representatives can do this.")


class NotAManager(Forbidden):
    code = "not_a_csr_manager"
    message = _("Only managers who are support representatives can take over a session.")


class NotAnAdmin(Forbidden):
    code = "not_an_admin"
    message = _("Only administrators can do this.")


class NotInControl(Forbidden):
    """S51, S63: control functions belong to the primary."""

    code = "not_in_control"
    message = _("Only the primary representative can do this.")


class ColleagueNotHere(Conflict):
    """S26: nobody is told that a colleague was asked who would not see it."""

    code = "colleague_not_here"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s has no page open at the moment, or is in the session already.") % {"name": name}, name=name
        )


class PrimaryCannotLeave(Forbidden):
    """E4: a session is never left without somebody in control."""

    code = "primary_cannot_leave"
    message = _("You are in control: transfer control or end the session.")


class NameTaken(Conflict):
    """A customer who is called as the representative is could speak in their name."""

    code = "name_taken"
    message = _("Your representative has the same name. Add something to tell you apart.")


class NameReserved(NameTaken):
    """A customer who is called as the site is, or as a role in it, could speak for it."""

    code = "name_reserved"
    message = _("This name stands for our side. Enter your own name.")


class NotInSession(Gone):
    code = "not_in_session"
    message = _("You are no longer in this session.")


class CheckIsOver(Gone):
    """The page has been open for too long, or was never given leave to try the relay."""

    code = "check_is_over"
    message = _("Reload the page to check this device again.")


class ShownOut(Forbidden):
    """E49: a removal bars the browser for the session."""

    code = "shown_out"
    message = _("The representative has removed you from this session, so you cannot join it again.")


class SessionHasEnded(Gone):
    code = "session_has_ended"
    message = _("This session has ended.")


class SurveyTooEarly(Conflict):
    """E41: the survey asks about a session that is over for the customer."""

    code = "survey_too_early"
    message = _("You can rate this session once it is over.")


class CannotRemember(Conflict):
    """E62: a browser is remembered once the session is over for its customer, on a site that shows what was before."""

    code = "cannot_remember"
    message = _("This browser cannot be remembered now.")


class RatingMissing(Refused):
    """E41: whatever else a customer says comes beside a rating."""

    code = "rating_missing"
    status = 422
    message = _("Please choose a rating first.")


class ReceiptTooEarly(Conflict):
    """E36: what is sent has to have the end in it."""

    code = "receipt_too_early"
    message = _("You can have the receipt sent to you once this session is over.")


class TooManyReceipts(TooMany):
    code = "too_many_receipts"
    message = _("The receipt has been sent by email as often as it can be. You can still save or print it.")


class MailIsOff(Conflict):
    """The site has no mail server, so nothing is promised that goes by mail."""

    code = "mail_is_off"
    message = _("This site cannot send email. You can save or print the receipt.")


class SessionIsOpen(Conflict):
    """E44: what is still being said cannot be erased."""

    code = "session_is_open"
    message = _("This session is still running. Its data can be erased once it has ended.")


class NumberUnknown(Missing):
    """One answer for mistyped, unknown and ended numbers alike (E37)."""

    code = "number_unknown"
    message = _("There is no running session with this number. Check the nine digits with your representative.")


class TooManyAttempts(TooMany):
    code = "too_many_attempts"
    message = _("Too many attempts. Wait a minute, then try again.")


class SlowDown(TooMany):
    """The page asks for a moment's patience and goes on by itself (E37)."""

    code = "slow_down"
    message = _("Many session numbers are being tried at the moment. Try again in a few seconds.")
    try_again_later = True


class NoRoom(Conflict):
    """S38, E31: the primary's maximum is reached."""

    code = "no_room"
    message = _("Your representative is helping as many customers as possible right now. Try again in a few minutes.")
    try_again_later = True


class NobodyInControl(Conflict):
    """E4: while a session is in transfer nobody new comes in."""

    code = "in_transfer"
    message = _("This session is being transferred to another representative. Try again in a moment.")


class SessionRunning(Conflict):
    """E34: in single-session mode the second Start leads to the first session."""

    code = "session_running"
    message = _("You already have a running session. End it before you start another.")


class DashboardClosed(Gone):
    """E1: only the tab that was closed can take its session up again."""

    code = "dashboard_closed"
    message = _("This session’s dashboard was closed, so the session is ending.")


class NoSuchParticipant(Missing):
    code = "no_such_participant"
    message = _("This person is not in the session.")


class ReplyRefused(Refused):
    """What is wrong with a canned reply, as the reply itself says."""

    code = "reply_refused"
    status = 422


class NotAdmitted(Forbidden):
    code = "not_admitted"
    message = _("The representative has not let you in yet.")


class MessageRefused(Refused):
    code = "message_refused"
    status = 422


class WritingTooFast(TooMany):
    """The page keeps the line and sends it again by itself."""

    code = "writing_too_fast"
    message = _("You are writing very fast. Wait a moment, then send it again.")


class TooFast(TooMany):
    """One person's changes to a session, all together, come faster than anyone works."""

    code = "too_fast"
    message = _("That was too fast. Wait a moment, then try again.")


class ConversationFull(Conflict):
    """A session whose log has reached its bound; everything but the chat goes on."""

    code = "conversation_full"
    message = _("This session has reached the largest number of messages. Start a new one to go on writing.")


class NoNumberFree(Conflict):
    code = "no_number_free"
    message = _("No session number is available right now. Try again.")


class NotInTransfer(Conflict):
    """E20: a session that waits for a representative is taken once."""

    code = "not_in_transfer"
    message = _("Someone else has already accepted this session.")


class TargetGone(Conflict):
    """E7: the assistant is no longer there; the list is fresh."""

    code = "target_gone"
    message = _("This representative is no longer in the session. The list has been refreshed.")


class TargetIsBusy(Conflict):
    code = "target_is_busy"
    message = _("This representative is already running another session.")


class NoRoomAtTarget(Conflict):
    """E10: the customers would exceed the target's maximum."""

    code = "no_room_at_target"
    message = _("This representative is already helping the maximum number of customers.")


class NoRoomForMore(Conflict):
    """E10, said to who would have them."""

    code = "no_room_for_more"
    message = _("You would be helping more than the maximum number of customers.")


class ControlMovedOn(Conflict):
    """S63: it is no longer with the CSR whom one gave it to."""

    code = "control_moved_on"
    message = _("Control has passed on since then, so you cannot ask for it back.")


class NobodyToReturnTo(Conflict):
    code = "nobody_to_return_to"
    message = _("The representative who gave you control is no longer in the session.")
