from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.errors import NotInSession
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.streams import lobby_stream
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.delivery import transport
from supportcenter.live.delivery.close_codes import Code
from supportcenter.refusals import require


@session_action(who=PRESENT, touch=False)
def move_seat(session: SupportSession, *, seat: str = "", by: Participant) -> str:
    """Move a customer's seat to another device, and return its new secret; the first device is disconnected (E38).

    The page on the new device has the customer's grace to connect.

    Raises SessionHasEnded, NotInSession.
    """
    require(by.is_customer, NotInSession)
    seat = by.new_seat(seat)
    # The first device's socket is about to close, which must not be taken for a lost connection.
    by.page = by.tab_hash = ""
    by.save(update_fields=["page", "tab_hash"])
    by.mark_away(Participant.Away.ARRIVING)
    expect_arrival(by, SitePolicy.current())
    for stream in (session.stream, lobby_stream(by)):
        transport.close_sockets(stream, by.event_key, Code.OPENED_ELSEWHERE)
    return seat
