from datetime import timedelta

from sessions_app import events
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.errors import NotACsr
from sessions_app.models import Participant
from sessions_app.rules.permissions import may_assist
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@session_action(who=ANYONE, touch=False)
def assist_session(session, *, by):
    """Come in as an assistant, visible as such to all (S50). Whoever is in already stays who he is.

    Raises SessionHasEnded, NotACsr. Assistants take no slot (E10).
    """
    require(may_assist(by), NotACsr)
    assistant = session.participants.present().filter(user=by).first()
    if assistant is None:
        assistant = Participant.objects.create(
            session=session, kind=Participant.Kind.CSR, user=by, name=by.display_name, admitted_at=clock.now()
        )
        assistant.session = session
        record(session.stream, events.participant_joined(assistant), by=assistant)
        grace = timedelta(seconds=SitePolicy.current().connection_grace)
        run_later("sessions.absence_over", due=clock.now() + grace, participant=assistant.pk)
    return assistant
