"""The sockets of WebACD: an agent's inbox, the managers' monitor, a waiting customer's place."""

from supportcenter.accounts.models import User
from supportcenter.accounts.rights import account_grounds
from supportcenter.json_types import JsonObject
from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.models import Audience
from supportcenter.live.sockets.admission import HANDSHAKES_OF_ONE_PAGE
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.heartbeat import Heartbeat
from supportcenter.live.sockets.inbound import is_plain_word
from supportcenter.live.sockets.rights import Ground
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import require
from webacd.actions.agents import agent_pages
from webacd.actions.entering.waiting import come_back, drop, note_seen
from webacd.errors import NotAManager, RequestOver
from webacd.events import MONITOR
from webacd.models import Agent, SupportRequest
from webacd.rules.permissions import may_watch, read_watchers, require_agent
from webacd.rules.places import PLACE, read_places, request_with_place

LONGEST_PAGE = 40

heartbeat = Heartbeat(note_seen)
agent_heartbeat = Heartbeat(agent_pages.note_seen)
# By agent, and by the key of the browser's sign-in.
at_work = Heartbeat(agent_pages.note_available)


class InboxConsumer(EventStreamConsumer):
    """`inbox.<user pk>`: several tabs may follow it; they ring once between them. Any of them is a page (E47)."""

    def find_person(self) -> Agent:
        return require_agent(self.signed_in_user())

    def grounds_of(self, agent: Agent) -> list[Ground]:
        return account_grounds(self.request, self.account)

    def viewer_of(self, agent: Agent) -> Viewer:
        return Viewer(agent.event_key, agent.display_name, Audience.STAFF, agent.stream, agent.user.language)

    async def attached(self, frame: JsonObject) -> None:
        self.page = await db(agent_pages.open_page, self.person)
        self.works = (self.person.pk, self.credential())
        agent_heartbeat.add(self.page)
        at_work.add(self.works)

    async def detached(self) -> None:
        agent_heartbeat.discard(self.page)
        at_work.discard(self.works)
        await db(agent_pages.close_page, self.person, self.page)


class MonitorConsumer(EventStreamConsumer):
    """The managers' monitor of queues and agents."""

    def find_person(self) -> User:
        user = self.signed_in_user()
        require(may_watch(user), NotAManager)
        return user

    def grounds_of(self, manager: User) -> list[Ground]:
        managed = Ground(read_watchers, manager.pk, True)
        return [managed, *account_grounds(self.request, manager)]

    def viewer_of(self, manager: User) -> Viewer:
        return Viewer(manager.event_key, manager.display_name, Audience.STAFF, MONITOR, manager.language)


class WaitingConsumer(EventStreamConsumer):
    """`request.<key>`: being here keeps the place; being away for ⟨60 s⟩ gives it up (acd 10)."""

    page: str
    handshakes = HANDSHAKES_OF_ONE_PAGE

    @classmethod
    def cookie_name(cls, **captured: str) -> str:
        return PLACE.name(captured["key"])

    def find_person(self, key: str) -> SupportRequest:
        waiting = request_with_place(key, PLACE.secret(self.request, key))
        if waiting is None:
            raise CloseWith(Code.NOT_SIGNED_IN)
        require(waiting.is_waiting, RequestOver)
        return waiting

    def grounds_of(self, waiting: SupportRequest) -> list[Ground]:
        return [Ground(read_places, waiting.pk, waiting.seat_hash)]

    def viewer_of(self, waiting: SupportRequest) -> Viewer:
        return Viewer(waiting.event_key, waiting.name, Audience.EVERYONE, waiting.stream, waiting.language)

    async def attached(self, frame: JsonObject) -> None:
        page = frame.get("page")
        if not is_plain_word(page, LONGEST_PAGE):
            raise CloseWith(Code.NOT_UNDERSTOOD)
        self.page = page
        await db(come_back, self.person, page=self.page)
        heartbeat.add((self.person.pk, self.page))

    async def detached(self) -> None:
        heartbeat.discard((self.person.pk, self.page))
        if not self.is_replaced:
            await db(drop, self.person, page=self.page)
