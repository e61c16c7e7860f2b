from sessions_app.models.activity import Activity
from sessions_app.models.canned_reply import CannedReply, CannedText
from sessions_app.models.case import SessionClosing, StaffNote, TrackingValue
from sessions_app.models.case_choices import ClosingReason, Tag, TrackingField
from sessions_app.models.chat_message import ChatMessage
from sessions_app.models.consent import Consent
from sessions_app.models.csr_desk import CsrDesk
from sessions_app.models.csr_page import CsrPage
from sessions_app.models.earlier_text import EarlierText
from sessions_app.models.file_transfer import FileTransfer
from sessions_app.models.participant import Participant
from sessions_app.models.reaction import Reaction
from sessions_app.models.receipt_mail import ReceiptMail
from sessions_app.models.recording import Recording, RecordingSegment
from sessions_app.models.retired_number import RetiredNumber
from sessions_app.models.support_session import SupportSession
from sessions_app.models.survey_answer import SurveyAnswer
from sessions_app.models.survey_question import SurveyQuestion, SurveyReply
from sessions_app.models.transcript_mail import TranscriptMail

__all__ = [
    "Activity",
    "CannedReply",
    "CannedText",
    "ChatMessage",
    "ClosingReason",
    "Consent",
    "CsrDesk",
    "CsrPage",
    "EarlierText",
    "FileTransfer",
    "Participant",
    "Reaction",
    "ReceiptMail",
    "Recording",
    "RecordingSegment",
    "RetiredNumber",
    "SessionClosing",
    "StaffNote",
    "SupportSession",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyReply",
    "Tag",
    "TrackingField",
    "TrackingValue",
    "TranscriptMail",
]
