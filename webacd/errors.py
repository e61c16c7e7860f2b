"""The refusals of distribution, each with its own sentence."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals import Conflict, Forbidden, Gone, Missing, Refused, TooMany


class NotAnAgent(Forbidden):
    """S67: only a WebACD agent has an inbox and may relinquish a session."""

    code = "not_an_agent"
    message = _("Only WebACD agents can do this.")


class NotAManager(Forbidden):
    code = "not_a_manager"
    message = _("Only managers can do this.")


class OnlyRepresentativesServe(Conflict):
    code = "only_representatives_serve"
    message = _("A queue agent is a representative, too: tick both, or neither.")


class OnlyAgentsServe(Conflict):
    code = "only_agents_serve"
    message = _("Only queue agents serve queues: tick “Queue agent” as well.")


class HoursChanged(Conflict):
    code = "hours_changed"
    message = _("Someone has changed these hours meanwhile. Look at what you have entered, and save it again.")


class QueueUnknown(Missing):
    code = "queue_unknown"
    message = _("There is no such queue. Choose one from the list.")


class AgentUnknown(Missing):
    code = "agent_unknown"
    message = _("There is no such agent. Choose from the list.")


class RequestUnknown(Missing):
    code = "request_unknown"
    message = _("There is no such request.")


class QueueClosed(Conflict):
    code = "queue_closed"
    message = _("This queue is closed now. Choose another one.")


class QueueFull(Conflict):
    code = "queue_full"
    message = _("Too many customers are waiting right now. Leave a message instead.")


class NothingToComeBackTo(Conflict):
    """Only a session that ended early, and came from a queue, leads back to it in one press."""

    code = "nothing_to_come_back_to"
    message = _("There is no queue that you can go back to from here.")


class NoMessageFromHere(Conflict):
    """Only the last page of a session that ended early, or that no agent took, leads to a message (E24, E41)."""

    code = "no_message_from_here"
    message = _("You cannot leave a message from this page.")


class RequestOver(Gone):
    code = "request_over"
    message = _("The customer is no longer waiting.")


class TakenBy(Conflict):
    """E20: the first to accept gets the request; the others read who that was."""

    code = "taken"

    def __init__(self, name: str) -> None:
        super().__init__(_("Taken by %(name)s.") % {"name": name}, taken_by=name)


class OfferOver(Conflict):
    code = "offer_over"
    message = _("This offer has expired: it was not accepted in time.")


class NotOffered(Missing):
    code = "not_offered"
    message = _("There is no such offer for you.")


class AgentIsFull(Conflict):
    """E26: the agent's own limit and the maximum number of customers must both allow it."""

    code = "agent_is_full"
    message = _("You are already helping the maximum number of customers. End a session first.")


class NoCherryPicking(Forbidden):
    code = "no_cherry_picking"
    message = _("Customers in this queue are distributed automatically. Agents cannot pick them.")


class NobodyChosen(Refused):
    code = "nobody_chosen"
    status = 422
    message = _("Choose a queue, or at least one agent.")


class OneQueueOnly(Refused):
    """S76."""

    code = "one_queue_only"
    status = 422
    message = _("Choose exactly one queue.")


class OneKindOnly(Refused):
    code = "one_kind_only"
    status = 422
    message = _("Choose either a queue or agents, not both.")


class MessageTooLong(Refused):
    """S80, E22: refused, never shortened."""

    code = "message_too_long"
    status = 422
    message = _("The personal message is too long: 345 characters at most.")


class MessageUnreadable(Refused):
    code = "message_unreadable"
    status = 422
    message = _("The personal message contains a character that cannot be shown.")


class AgentNotAvailable(Conflict):
    """E23."""

    code = "agent_not_available"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is not available. Choose another agent.") % {"name": name}, agent=name)


class AgentAtCapacity(Conflict):
    """E23."""

    code = "agent_at_capacity"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is already helping the maximum number of customers.") % {"name": name}, agent=name)


class NotToYourself(Conflict):
    code = "not_to_yourself"
    message = _("You cannot transfer the session to yourself.")


class NobodyAvailable(Conflict):
    """E23: a transfer to an open queue without an available agent has to be confirmed."""

    code = "nobody_available"
    message = _("No agent is available in this queue right now. Confirm that the customer will wait.")


class NoCustomer(Conflict):
    code = "no_customer"
    message = _("There is no customer in this session, so there is nothing to transfer. End it instead.")


class NotYourTransfer(Forbidden):
    code = "not_your_transfer"
    message = _("Only the representative who transferred the session can take it back.")


class AlreadyAnswered(Conflict):
    code = "already_answered"
    message = _("This message has already been answered.")


class CannotExtend(Conflict):
    code = "not_wrapping_up"
    message = _("You are not wrapping up now.")


class HelpIsAsked(Conflict):
    """E64: a session has one open request for help."""

    code = "help_is_asked"
    message = _("Help has been asked for already. Wait for an answer, or cancel first.")


class HelpAskedTooOften(TooMany):
    """E64: in whichever of their sessions."""

    code = "help_asked_too_often"
    message = _("You have asked for help too often in the last few minutes. Wait a little before you ask again.")


class NoOneToAsk(Conflict):
    """E64: nothing says that someone was asked, if no one was."""

    code = "no_one_to_ask"
    message = _("No agent of this queue can be asked right now. Choose another queue.")


class NotAsked(Missing):
    code = "not_asked"
    message = _("There is no such question for you.")


class NotInTheQueue(Forbidden):
    """E64: asked as an agent of the queue, who is none any more."""

    code = "not_in_the_queue"
    message = _("You are not an agent of this queue any more.")


class HelpTaken(Conflict):
    """E64: the first to say yes joins."""

    code = "help_taken"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s was a moment faster and is helping now. Thank you!") % {"name": name}, name=name)


class HelpOver(Gone):
    code = "help_over"
    message = _("Help is no longer needed. Thank you!")
