"""Who controls, and who is being helped."""

from django.http import Http404
from django.views.decorators.http import require_POST

from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.control.transfer_control import return_control, transfer_control
from sessions_app.views.access import csr_door
from supportcenter.responses import changed


@require_POST
@csr_door
def switch(request, session, me, pk):
    switch_customer(session, participant_or_404(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_door
def transfer(request, session, me, pk):
    transfer_control(session, participant_or_404(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_door
def give_back(request, session, me):
    return_control(session, by=me)
    return changed(request, me)


def participant_or_404(session, pk):
    participant = session.participants.filter(pk=pk).first()
    if participant is None:
        raise Http404
    return participant
