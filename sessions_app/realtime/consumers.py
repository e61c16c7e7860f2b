"""A session's pages on the socket: events down, signals both ways, and presence by the socket being there at all."""

from sessions_app.actions.presence.presence import arrive, lose
from sessions_app.errors import NotAdmitted, NotAnAdmin, NotInSession
from sessions_app.models import Participant
from sessions_app.realtime.heartbeat import heartbeat
from sessions_app.rules.permissions import may_monitor
from sessions_app.rules.seats import SEAT, csr_with_account, customer_with_seat
from sessions_app.rules.signals import SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE, SignalRefused, checked_signal
from sessions_app.rules.streams import MONITORING, stream_of
from supportcenter.live.delivery import transport
from supportcenter.live.models import Audience
from supportcenter.live.sockets.close_codes import CloseWith, Code
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.inbound import Allowance, is_plain_word
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import require

LONGEST_PAGE, LONGEST_SECRET = 40, 100


class SessionConsumer(EventStreamConsumer):
    # Calls between several people set up with bursts of signals.
    frames_per_second, frame_burst = 60, 300

    me = None

    async def authorise(self):
        self.me = await db(self.find_me, self.scope["url_route"]["kwargs"]["key"])
        require(self.me.is_present and self.me.session.is_open, NotInSession)
        return _viewer(self.me)

    def find_me(self, key):
        """The participant at the other end. Raises CloseWith."""
        raise NotImplementedError

    async def attached(self, frame):
        self.page, secret = frame.get("page"), frame.get("secret")
        if not is_plain_word(self.page, LONGEST_PAGE) or not is_plain_word(secret, LONGEST_SECRET):
            raise CloseWith(Code.NOT_UNDERSTOOD)
        taken_over = await db(arrive, self.me.session, page=self.page, secret=secret, by=self.me)
        if taken_over:
            transport.close_sockets(self.viewer.stream, self.viewer.key, Code.OPENED_ELSEWHERE, keep=self.page)
        self.bytes_allowed = Allowance(SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE)
        heartbeat.add((self.me.pk, self.page))

    async def detached(self):
        heartbeat.discard((self.me.pk, self.page))
        await db(lose, self.me.session, page=self.page, by=self.me)

    async def handle_signal(self, type, to, data):
        require(self.me.is_admitted, NotAdmitted)
        data = checked_signal(type, to, data)
        require(self.bytes_allowed.take(len(str(data))), SignalRefused)
        transport.send_signal(self.viewer.stream, to, type, data, self.viewer)


class CsrConsumer(SessionConsumer):
    def find_me(self, key):
        user = self.scope["user"]
        if not (user.is_authenticated and user.is_active):
            raise CloseWith(Code.NOT_SIGNED_IN)
        me = csr_with_account(key, user)
        if me is None:
            raise CloseWith(Code.NO_SUCH_STREAM)
        return me


class CustomerConsumer(SessionConsumer):
    def find_me(self, key):
        me = customer_with_seat(key, SEAT.secret(self.request, key))
        if me is None:
            raise CloseWith(Code.NOT_SIGNED_IN)
        return me


class MonitoringConsumer(EventStreamConsumer):
    """The admins' list of open sessions: it hears that something has changed, and reads the list anew."""

    async def authorise(self):
        user = self.scope["user"]
        require(await db(may_monitor, user), NotAnAdmin)
        return Viewer(user.event_key, user.display_name, Audience.STAFF, MONITORING)


def _viewer(me):
    audience = Audience.EVERYONE if me.is_customer else Audience.STAFF
    return Viewer(me.event_key, me.name, audience, stream_of(me), me.language if me.is_customer else None)
