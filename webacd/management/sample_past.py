"""A past to look at: two weeks of ended sessions, so that figures, reports and records of a demo are not empty.

Nothing is told to anyone, no mail is sent, and nothing waits or runs. The days come out much the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.accounts.models import User
from webacd.management.sample_case import SampleCase
from webacd.management.sample_session import SampleSession
from webacd.management.sample_talks import CUSTOMERS, QUESTION, TALKS, Talk
from webacd.models import Agent, LeftMessage, Queue, SupportRequest

DAYS, ON_WEEKDAYS, AT_WEEKENDS, TODAY = 14, 11, 3, 8
OPENS, CLOSES = 8, 18
# Of a hundred: who come by a queue, who give up there, whose connection is lost at the end, who answer the survey.
BY_QUEUE, GIVE_UP, LOST, RATE = 70, 14, 4, 60
# Nothing of the past is nearer than this, nor in the last minutes before midnight.
AGO = timedelta(minutes=45)
Outcome, EndReason = SupportRequest.Outcome, SupportSession.EndReason


class SamplePast:
    """Writes it, for these queues and the representatives of each by its slug."""

    def __init__(self, queues: Mapping[str, Queue], agents: Mapping[str, list[Agent]]) -> None:
        self.queues, self.agents = queues, agents
        self.chance = random.Random(1)  # noqa: S311 - nothing secret is drawn
        self.case = SampleCase(self.chance)

    def write(self) -> int:
        """Returns how many sessions there were."""
        return sum(self._one(at) for at in list(moments(clock.now(), self.chance)))

    def _one(self, at: datetime) -> bool:
        """What came of the customer who arrived at this time: whether there was a session."""
        language = "ar" if self._happens(35) else "en"
        talk, name = self.chance.choice(TALKS[language]), self.chance.choice(CUSTOMERS[language])
        waited = timedelta(seconds=round(self.chance.triangular(4, 180, 20)))
        agent = self.chance.choice(self.agents[talk.queue])
        if not self._happens(BY_QUEUE):
            self._session(talk, name, language, agent.user, at, arrives=at + waited)
            return True
        request = self._request(talk, name, language, at)
        if self._happens(GIVE_UP):
            _over(request, Outcome.ABANDONED, at + 2 * waited)
            return False
        accepted = at + waited
        session = self._session(talk, name, language, agent.user, accepted, arrives=accepted)
        request.session, request.answered_by = session, agent
        _over(request, Outcome.ANSWERED, accepted)
        return True

    def _request(self, talk: Talk, name: str, language: str, at: datetime) -> SupportRequest:
        queue = self.queues[talk.queue]
        return SupportRequest.objects.create(
            entry_queue=queue,
            queue=queue,
            name=name,
            language=language,
            answers=[{**QUESTION, "value": talk.about}],
            arrived_at=at,
            made_at=at,
            last_seen_at=at,
        )

    def _session(
        self, talk: Talk, name: str, language: str, csr: User, at: datetime, *, arrives: datetime
    ) -> SupportSession:
        length = timedelta(seconds=round(self.chance.triangular(150, 2100, 480)))
        part, end = length / 10, arrives + length
        sample = SampleSession(csr, name, language=language, at=at, arrives=arrives)
        sample.say(talk.lines, arrives + part / 2, part)
        if talk.calls:
            sample.call(arrives + 2 * part, arrives + 8 * part)
        if talk.sees_screen:
            sample.see_screen(arrives + 3 * part, arrives + 7 * part)
        if self._happens(RATE):
            rating = self.chance.choices([5, 4, 3, 2, 1], weights=[55, 25, 11, 6, 3])[0]
            solved = "yes" if rating > 3 else "partly" if rating > 1 else "no"
            sample.rate(rating, solved, end + timedelta(seconds=40))
        kept = self.case.kept_about(talk.tags)
        sample.give(kept.tags, kept.field, kept.ticket, arrives + 8 * part)
        if talk.note:
            sample.note(talk.note, arrives + 9 * part)
        if kept.is_closed:
            sample.close(kept.reason, end, end + timedelta(seconds=30))
        return sample.save(end, EndReason.CONNECTION_LOST if self._happens(LOST) else EndReason.ENDED)

    def leave_message(self) -> None:
        """One that is still to be answered."""
        at = clock.now() - AGO
        name, about = CUSTOMERS["en"][0], TALKS["en"][0].about
        request = self._request(TALKS["en"][0], name, "en", at)
        _over(request, Outcome.LEFT_MESSAGE, at)
        LeftMessage.objects.create(
            queue=request.queue, request=request, name=name, email="carol@example.org", text=about, at=at
        )

    def _happens(self, percent: int) -> bool:
        return self.chance.random() * 100 < percent


def moments(now: datetime, chance: random.Random) -> Iterator[datetime]:
    """When customers came: in the working hours of past days, and today between midnight and `AGO`."""
    local = timezone.localtime(now)
    for days in range(DAYS, 0, -1):
        day = local.date() - timedelta(days=days)
        # Friday and Saturday, or Saturday and Sunday: Saturday is quiet everywhere.
        count = AT_WEEKENDS if day.isoweekday() in (6, 7) else ON_WEEKDAYS
        opens = datetime.combine(day, time(OPENS), tzinfo=local.tzinfo)
        yield from _spread(opens, timedelta(hours=CLOSES - OPENS), count, chance)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if local - AGO > midnight:
        yield from _spread(midnight, local - AGO - midnight, TODAY, chance)


def _spread(start: datetime, length: timedelta, count: int, chance: random.Random) -> Iterator[datetime]:
    """So many times, one in each of as many equal parts."""
    part = length / count
    for place in range(count):
        yield start + part * (place + chance.random())


def _over(request: SupportRequest, outcome: SupportRequest.Outcome, at: datetime) -> None:
    request.outcome, request.outcome_at = outcome, at
    request.save()
