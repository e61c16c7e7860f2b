"""Asking a queue for help, by the primary of a session, and what an agent answers (E64)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.errors import NotInControl
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_control
from sessions_app.views.access import csr_required
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from supportcenter.responses import changed
from webacd.actions.helping.answer import join_to_help, say_not_now
from webacd.actions.helping.ask import ask_for_help, cancel_help
from webacd.errors import NotAsked, OneQueueOnly
from webacd.models import Agent, HelpQuestion
from webacd.queries.help_requests import help_choices
from webacd.queries.queues import queue_named
from webacd.rules.permissions import require_agent
from webacd.views.access import agent_required


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@csr_required
def ask_queue(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """The queues as they are now, and the question to one of them."""
    if request.method != "POST":
        require_agent(me.user)
        require(may_control(me, session), NotInControl)
        return render(request, "webacd/help/_queues.html", {"session": session, "queues": help_choices(session)})
    queues = request.POST.getlist("queue")
    require(len(queues) == 1, OneQueueOnly)
    ask_for_help(session, queue_named(queues[0]), message=request.POST.get("message", ""), by=me)
    return changed(request, me)


@require_POST
@csr_required
def cancel(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    cancel_help(session, by=me)
    return changed(request, me)


@require_POST
@agent_required
def join(request: SignedInRequest, agent: Agent, pk: int) -> HttpResponse:
    session = join_to_help(_question(agent, pk), by=request.user)
    return changed(request, reverse("dashboard", args=[session.key]), session=session.key)


@require_POST
@agent_required
def not_now(request: SignedInRequest, agent: Agent, pk: int) -> HttpResponse:
    say_not_now(_question(agent, pk), by=request.user)
    return changed(request, "inbox")


def _question(agent: Agent, pk: int) -> HelpQuestion:
    rows = HelpQuestion.objects.filter(pk=pk, agent=agent).select_related("request__session")
    return found(rows.first(), NotAsked)
