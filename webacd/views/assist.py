"""A colleague is asked to assist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from sessions_app.models import Participant, SupportSession
from sessions_app.views.access import csr_required
from supportcenter.responses import changed
from webacd.actions.agents.ask_to_assist import ask_to_assist
from webacd.models import Agent


@require_POST
@csr_required
def ask(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    ask_to_assist(session, get_object_or_404(Agent.objects.active().select_related("user"), pk=pk), by=me)
    return changed(request, me)
