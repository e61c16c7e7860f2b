"""What a representative to whom a session came reads first (E63), as a region of the room that needs nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.errors import NotInSession
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.handovers import desk_of
from sessions_app.rules.permissions import may_keep_notes
from sessions_app.views.access import csr_required, presence_required
from supportcenter.refusals import require


@never_cache
@require_safe
@csr_required
@presence_required
def handover(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    require(may_keep_notes(me, session), NotInSession)
    return render(request, "sessions_app/room/_handover.html", {"session": session, "desk": desk_of(session, me)})
