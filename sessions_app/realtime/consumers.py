"""A session's pages on the socket: events down, signals both ways, and presence by the socket being there at all."""

from sessions_app.actions.presence import csr_pages
from sessions_app.actions.presence.presence import arrive, lose, note_seen
from sessions_app.errors import NotACsr, NotAdmitted, NotAnAdmin, NotInSession
from sessions_app.models import Participant
from sessions_app.rules.permissions import may_monitor
from sessions_app.rules.seats import SEAT, csr_with_account, customer_with_seat, read_seats, seat_of
from sessions_app.rules.signals import SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE, SignalRefused, checked_signal
from sessions_app.rules.streams import monitoring_of, stream_of
from supportcenter.accounts.actions.activity import note_at_work
from supportcenter.accounts.models import User
from supportcenter.accounts.rights import account_grounds
from supportcenter.json_types import Json, JsonObject
from supportcenter.live.delivery import transport
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.models import Audience
from supportcenter.live.sockets.admission import HANDSHAKES_OF_ONE_PAGE
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.heartbeat import Heartbeat
from supportcenter.live.sockets.inbound import is_plain_word
from supportcenter.live.sockets.limits import Rates
from supportcenter.live.sockets.rights import Ground
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import require

LONGEST_PAGE, LONGEST_SECRET = 40, 100

heartbeat = Heartbeat(note_seen)
page_heartbeat = Heartbeat(csr_pages.note_seen)
# By the keys of the browsers' sign-ins: a representative in a running session is active (E71).
at_work = Heartbeat(note_at_work)


class SessionConsumer(EventStreamConsumer):
    # Calls between several people set up with bursts of signals.
    rates = Rates(frames=(60, 300), signal_bytes=(SIGNAL_BYTES, SIGNAL_BYTES_AT_ONCE))
    # A participant's seat is one page (E3).
    sockets_per_person = 1
    page: str

    def find_person(self, key: str) -> Participant:
        me = self.find_participant(key)
        require(me.is_present and me.session.is_open, NotInSession)
        return me

    def find_participant(self, key: str) -> Participant:
        """The participant whose page this is, in the session or not any more. Raises CloseWith."""
        raise NotImplementedError

    def grounds_of(self, me: Participant) -> list[Ground]:
        return [Ground(read_seats, me.pk, seat_of(me))]

    def viewer_of(self, me: Participant) -> Viewer:
        if not me.is_customer:
            return Viewer(me.event_key, me.name, Audience.STAFF, stream_of(me))
        # E48: in the lobby nothing was before them yet.
        return Viewer(me.event_key, me.name, Audience.EVERYONE, stream_of(me), me.language, since=me.events_before)

    async def attached(self, frame: JsonObject) -> None:
        page, secret = frame.get("page"), frame.get("secret")
        if not is_plain_word(page, LONGEST_PAGE) or not is_plain_word(secret, LONGEST_SECRET):
            raise CloseWith(Code.NOT_UNDERSTOOD)
        self.page = page
        taken_over = await db(arrive, self.person.session, page=self.page, secret=secret, by=self.person)
        if taken_over:
            transport.close_sockets(self.viewer.stream, self.viewer.key, Code.OPENED_ELSEWHERE, keep=self.page)
        heartbeat.add((self.person.pk, self.page))

    async def detached(self) -> None:
        heartbeat.discard((self.person.pk, self.page))
        if not self.is_replaced:
            await db(lose, self.person.session, page=self.page, by=self.person)

    async def handle_signal(self, type: str, to: str | None, data: Json) -> None:
        require(self.person.is_admitted, NotAdmitted)
        data = checked_signal(type, to, data)
        require(self.limits.signal_bytes.take(len(str(data))), SignalRefused)
        transport.send_signal(self.viewer.stream, to, type, data, self.viewer)


class CsrConsumer(SessionConsumer):
    # The key of the browser's sign-in, as it was when the page connected.
    sign_in = ""

    def find_participant(self, key: str) -> Participant:
        me = csr_with_account(key, self.signed_in_user())
        if me is None:
            raise CloseWith(Code.NO_SUCH_STREAM)
        return me

    def grounds_of(self, me: Participant) -> list[Ground]:
        return [*super().grounds_of(me), *account_grounds(self.request, self.account)]

    async def attached(self, frame: JsonObject) -> None:
        await super().attached(frame)
        self.sign_in = self.credential()
        at_work.add(self.sign_in)

    async def detached(self) -> None:
        at_work.discard(self.sign_in)
        await super().detached()


class CustomerConsumer(SessionConsumer):
    handshakes = HANDSHAKES_OF_ONE_PAGE

    @classmethod
    def cookie_name(cls, **captured: str) -> str:
        return SEAT.name(captured["key"])

    def find_participant(self, key: str) -> Participant:
        me = customer_with_seat(key, SEAT.secret(self.request, key))
        if me is None:
            raise CloseWith(Code.NOT_SIGNED_IN)
        return me


class PersonConsumer(EventStreamConsumer):
    """`inbox.<user pk>`, of a CSR: several tabs may follow it, and on each the CSR can be reached (S26).

    WebACD's agents follow the same stream by a socket of its own, which their pages have instead of this one.
    """

    def find_person(self) -> User:
        user: User = self.signed_in_user()
        require(user.is_csr, NotACsr)
        return user

    def grounds_of(self, csr: User) -> list[Ground]:
        return account_grounds(self.request, csr)

    def viewer_of(self, csr: User) -> Viewer:
        return Viewer(csr.event_key, csr.display_name, Audience.STAFF, csr.stream, csr.language)

    async def attached(self, frame: JsonObject) -> None:
        self.page = await db(csr_pages.open_page, self.person)
        page_heartbeat.add(self.page)

    async def detached(self) -> None:
        page_heartbeat.discard(self.page)
        await db(csr_pages.close_page, self.page)


class MonitoringConsumer(EventStreamConsumer):
    """The list of open sessions: the page hears that something has changed, and fetches the list or its rows again."""

    def find_person(self) -> User:
        user: User = self.signed_in_user()
        require(may_monitor(user), NotAnAdmin)
        return user

    def grounds_of(self, watcher: User) -> list[Ground]:
        return account_grounds(self.request, watcher)

    def viewer_of(self, watcher: User) -> Viewer:
        return Viewer(watcher.event_key, watcher.display_name, Audience.STAFF, monitoring_of(watcher))
