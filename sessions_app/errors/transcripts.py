"""Refusals about the conversation that a customer can have (E67)."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, TooMany


class TranscriptIsOff(Conflict):
    code = "transcript_is_off"
    message = _("This site does not hand out conversations.")


class TranscriptNotMailed(Conflict):
    """The site has no mail server, or its policy says no: nothing is promised that goes by mail."""

    code = "transcript_not_mailed"
    message = _("This site does not send conversations by email.")


class TranscriptTooEarly(Conflict):
    code = "transcript_too_early"
    message = _("The conversation can be saved and sent once the session is over.")


class AddressNotConfirmed(Conflict):
    """Strangers’ words are not sent to an address that anybody may have typed."""

    code = "address_not_confirmed"
    message = _("Your address is not confirmed, so the conversation cannot be sent to it. You can save it as a file.")


class NothingWasSaid(Conflict):
    code = "nothing_was_said"
    message = _("There is no conversation to send.")


class TooManyTranscripts(TooMany):
    code = "too_many_transcripts"
    message = _("The conversation has been sent by email as often as it can be.")


class TranscriptsTooFast(TooMany):
    """Of one representative, over all sessions."""

    code = "transcripts_too_fast"
    message = _("You have sent many conversations within the last hour. Try again later.")
