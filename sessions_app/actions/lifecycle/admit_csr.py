"""The one gate for one more session in a CSR's hands: started, handed over, accepted from a queue, or taken back."""

from sessions_app.errors import SessionRunning
from sessions_app.models import SupportSession
from supportcenter.accounts.policy import session_mode
from supportcenter.refusals import require


def admit_csr(user, policy):
    """Return the mode in which `user`, whose row the caller has locked, may control one more session.

    Raises SessionRunning, naming the session, in single-session mode with one in hand (S37, E34).
    """
    if session_mode(policy, user.privileges).multi:
        return SupportSession.Mode.MULTI
    running = SupportSession.objects.controlled_by(user).first()
    require(running is None, SessionRunning, **({"session": running.key} if running else {}))
    return SupportSession.Mode.SINGLE
