"""Sockets of distribution: an agent's inbox, the managers' monitor, a waiting customer's place."""

from sessions_app.realtime.heartbeat import Heartbeat
from supportcenter.live.models import Audience
from supportcenter.live.sockets.close_codes import CloseWith, Code
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.inbound import is_plain_word
from supportcenter.live.sockets.viewers import Viewer
from supportcenter.refusals import require
from webacd.actions.agents import agent_pages
from webacd.actions.entering.waiting import come_back, drop, note_seen
from webacd.errors import NotAManager, NotAnAgent, RequestOver
from webacd.events import MONITOR
from webacd.rules.permissions import agent_of, may_watch
from webacd.rules.places import PLACE, request_with_place

LONGEST_PAGE = 40

stamps = Heartbeat(note_seen)
agent_stamps = Heartbeat(agent_pages.note_seen)


class InboxConsumer(EventStreamConsumer):
    """`inbox.<user pk>`: several tabs may follow it; they ring once between them. Any of them is a page (E47)."""

    agent = None

    async def authorise(self):
        self.agent = agent = await db(self._agent)
        return Viewer(agent.event_key, agent.display_name, Audience.STAFF, agent.stream, agent.user.language)

    async def attached(self, frame):
        self.page = await db(agent_pages.open_page, self.agent)
        agent_stamps.add(self.page)

    async def detached(self):
        agent_stamps.discard(self.page)
        await db(agent_pages.close_page, self.agent, self.page)

    def _agent(self):
        _require_signed_in(self.scope["user"])
        agent = agent_of(self.scope["user"])
        require(agent is not None, NotAnAgent)
        return agent


class MonitorConsumer(EventStreamConsumer):
    async def authorise(self):
        user = await db(self._manager)
        return Viewer(user.event_key, user.display_name, Audience.STAFF, MONITOR, user.language)

    def _manager(self):
        user = self.scope["user"]
        _require_signed_in(user)
        require(may_watch(user), NotAManager)
        return user


class WaitingConsumer(EventStreamConsumer):
    """`request.<key>`: being here keeps the place; being away for ⟨60 s⟩ gives it up (acd 10)."""

    waiting = None

    async def authorise(self):
        self.waiting = await db(self._find, self.scope["url_route"]["kwargs"]["key"])
        return Viewer(
            self.waiting.event_key, self.waiting.name, Audience.EVERYONE, self.waiting.stream, self.waiting.language
        )

    async def attached(self, frame):
        self.page = frame.get("page")
        if not is_plain_word(self.page, LONGEST_PAGE):
            raise CloseWith(Code.NOT_UNDERSTOOD)
        await db(come_back, self.waiting, page=self.page)
        stamps.add((self.waiting.pk, self.page))

    async def detached(self):
        stamps.discard((self.waiting.pk, self.page))
        await db(drop, self.waiting, page=self.page)

    def _find(self, key):
        waiting = request_with_place(key, PLACE.secret(self.request, key))
        if waiting is None:
            raise CloseWith(Code.NOT_SIGNED_IN)
        require(waiting.is_waiting, RequestOver)
        return waiting


def _require_signed_in(user):
    if not (user.is_authenticated and user.is_active):
        raise CloseWith(Code.NOT_SIGNED_IN)
