from sessions_app import events
from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.errors import NotACsr
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_assist
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@session_action(who=ANYONE, touch=False)
def assist_session(session: SupportSession, *, by: User) -> Participant:
    """Join as an assistant, visible as such to everyone (S50); a CSR who is in the session already keeps their role.

    Assistants take no slot (E10).

    Raises SessionHasEnded, NotACsr.
    """
    require(may_assist(by), NotACsr)
    assistant = session.participants.present().filter(user=by).first()
    return assistant or enter_as_csr(session, by, SitePolicy.current())


def enter_as_csr(session: SupportSession, user: User, policy: SitePolicy) -> Participant:
    """Let `user`, who is not in the locked session, join it as a CSR; their page has the grace to connect (E2)."""
    csr = Participant.objects.create(
        session=session, kind=Participant.Kind.CSR, user=user, name=user.display_name, admitted_at=clock.now()
    )
    csr.session = session
    record(session.stream, events.participant_joined(csr), by=csr)
    expect_arrival(csr, policy)
    return csr
