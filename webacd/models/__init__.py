from webacd.models.acd_policy import AcdPolicy
from webacd.models.agent import Agent, AgentPage, AwayReason
from webacd.models.entry_form import EntryField
from webacd.models.help_request import HelpQuestion, HelpRequest
from webacd.models.left_message import LeftMessage
from webacd.models.offer import Offer
from webacd.models.opening import Holiday, OpeningHours
from webacd.models.queue import Queue, QueueMembership
from webacd.models.queue_entry import QueueEntry
from webacd.models.queue_reply import QueueReply
from webacd.models.routing_decision import RoutingDecision
from webacd.models.support_request import SupportRequest

__all__ = [
    "AcdPolicy",
    "Agent",
    "AgentPage",
    "AwayReason",
    "EntryField",
    "HelpQuestion",
    "HelpRequest",
    "Holiday",
    "LeftMessage",
    "Offer",
    "OpeningHours",
    "Queue",
    "QueueEntry",
    "QueueMembership",
    "QueueReply",
    "RoutingDecision",
    "SupportRequest",
]
