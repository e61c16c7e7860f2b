"""The Transfer Session dialog (S72 to S80, E23), opened from the room by its URL's name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.capacity import slots_in
from sessions_app.rules.permissions import may_control
from sessions_app.views.access import csr_required
from supportcenter.refusals import require
from supportcenter.responses import changed
from supportcenter.text.whole_numbers import whole_number
from webacd.actions.transfer.transfer import transfer_to_agents, transfer_to_queue
from webacd.errors import AgentUnknown, NobodyChosen, OneKindOnly, OneQueueOnly
from webacd.models import Agent
from webacd.queries.queues import queue_named
from webacd.queries.transfer_choices import agent_choices, queue_choices
from webacd.rules.permissions import require_agent

# The two tabs of the dialog.
PARTS = {"queues": queue_choices, "agents": agent_choices}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def transfer_session(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    return _transfer(request, session, me) if request.method == "POST" else _dialog(request, session, me)


def _dialog(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """One of the two lists as it is now; the dialog fetches it again while it is open."""
    agent = require_agent(me.user)
    require(may_control(me, session), NotInControl)
    part = request.GET.get("part", "queues")
    if part not in PARTS:
        raise Http404
    choices = PARTS[part](agent, slots_in(session))
    return render(request, f"webacd/transfer/_{part}.html", {"session": session, part: choices})


def _transfer(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    queues, agents = request.POST.getlist("queue"), request.POST.getlist("agent")
    message = request.POST.get("message", "")
    require(queues or agents, NobodyChosen)
    require(not (queues and agents), OneKindOnly)
    if agents:
        transfer_to_agents(session, _agents(agents), message=message, by=me)
    else:
        require(len(queues) == 1, OneQueueOnly)
        confirmed = bool(request.POST.get("confirmed"))
        transfer_to_queue(session, queue_named(queues[0]), message=message, confirmed=confirmed, by=me)
    return changed(request, "inbox")


def _agents(pks: list[str]) -> list[Agent]:
    agents = list(Agent.objects.filter(pk__in=map(whole_number, pks)))
    require(len(agents) == len(set(pks)), AgentUnknown)
    return agents
