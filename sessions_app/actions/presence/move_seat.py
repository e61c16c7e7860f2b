from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.errors import NotInSession
from sessions_app.models import Participant
from sessions_app.rules.streams import lobby_stream
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.delivery import transport
from supportcenter.live.sockets.close_codes import Code
from supportcenter.refusals import require


@session_action(who=PRESENT, touch=False)
def move_seat(session, *, seat="", by):
    """A customer goes on at another device: the seat's new secret; the first device hears that it is over there (E38).

    The new page has the customer's grace to arrive. Raises SessionHasEnded, NotInSession.
    """
    require(by.is_customer, NotInSession)
    seat = by.new_seat(seat)
    # Its socket is about to close, which must not be taken for a lost connection.
    by.page = by.tab_hash = ""
    by.save(update_fields=["page", "tab_hash"])
    by.mark_away(Participant.Away.ARRIVING)
    expect_arrival(by, SitePolicy.current())
    for stream in (session.stream, lobby_stream(by)):
        transport.close_sockets(stream, by.event_key, Code.OPENED_ELSEWHERE)
    return seat
