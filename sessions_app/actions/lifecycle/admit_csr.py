"""The gate for one more session under a CSR's control: started, transferred, accepted from a queue, or taken back."""

from sessions_app.errors import NotACsr, SessionRunning
from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.policy import session_mode
from supportcenter.refusals import require


def admit_csr(user: User, policy: SitePolicy) -> SupportSession.Mode:
    """Return the mode in which `user`, whose row the caller has locked, may control one more session.

    Raises NotACsr (E11), and SessionRunning, naming the session, in single-session mode if they control one already
    (S37, E34).
    """
    require(user.is_csr, NotACsr)
    if session_mode(policy, user.privileges).multi:
        return SupportSession.Mode.MULTI
    running = SupportSession.objects.controlled_by(user).first()
    if running:
        raise SessionRunning(session=running.key)
    return SupportSession.Mode.SINGLE
