"""Sessions of the past as chance made them, written without the ceremony: for what counts and lists many of them."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from sessions_app.models import (
    ClosingReason,
    Participant,
    SessionClosing,
    SupportSession,
    SurveyAnswer,
    Tag,
    TrackingField,
)
from tests.factories import make_person

SECOND = timedelta(seconds=1)


class History:
    """The same for the same seed: people who return, are renamed, assist, leave, are erased, and rate."""

    def __init__(self, seed, *, running=0.2):
        self.random, self.now, self.running = Random(seed), timezone.now(), running
        self.csrs = [make_person(f"csr-{seed}-{number}") for number in range(5)]

    def add(self, sessions, *, days=10):
        made = [self._session(days) for _ in range(sessions)]
        made = SupportSession.objects.bulk_create(made)
        people = Participant.objects.bulk_create(one for session in made for one in self._people(session))
        answers = [self._answer(one) for one in people if one.is_customer and self._happens(0.4)]
        SurveyAnswer.objects.bulk_create(answers)
        for session in made:
            seats = [one for one in people if one.session_id == session.pk and not one.is_customer]
            session.primary = self.random.choice(seats) if seats and self._happens(0.8) else None
        SupportSession.objects.bulk_update(made, ["primary"])
        return made

    def keep(self, sessions):
        """What staff kept about some of these sessions."""
        fields = [TrackingField.objects.create(name=name) for name in ("Ticket", "Product")]
        tags = [Tag.objects.create(name=name, name_ar=ar) for name, ar in (("Urgent", "عاجل"), ("Late", ""))]
        reasons = list(ClosingReason.objects.all())
        for session in sessions:
            for field in self.random.sample(fields, self.random.randrange(3)):
                session.tracking.create(field=field, value=self.random.choice(["4711", "=1+1", "طابعة"]))
            session.tags.set(self.random.sample(tags, self.random.randrange(3)))
            if session.ended_at and self._happens(0.6):
                reason = self.random.choice([None, *reasons])
                SessionClosing.objects.create(session=session, user=self.csrs[0], reason=reason)

    def some_time_ago(self, days):
        return self.now - self._some_time(days * 86_400)

    def random_zone(self):
        return timezone.get_fixed_timezone(self.random.choice([-570, 0, 345]))

    def _happens(self, chance):
        return self.random.random() < chance

    def _some_time(self, most):
        """Whole seconds now and then: SQLite writes them without a fraction."""
        seconds = self.random.uniform(0, most)
        return timedelta(seconds=int(seconds) if self._happens(0.3) else seconds)

    def _session(self, days):
        started = self.some_time_ago(days)
        ended = None if self._happens(self.running) else started + self._some_time(7000)
        return SupportSession(
            number=f"{self.random.randrange(10**9):09}", mode="multi", starter=self.csrs[0], started_at=started,
            ended_at=ended, end_reason=self.random.choice(SupportSession.EndReason.values) if ended else "",
        )  # fmt: skip

    def _people(self, session):
        for csr in self.random.sample(self.csrs, self.random.randrange(4)):
            for left in [True] * self.random.randrange(3) + [self._happens(0.5)]:
                name = self.random.choice([csr.first_name, f"{csr.first_name} Berg", "أمل"])
                yield self._seat(session, "csr", name, left, user=csr)
        for _ in range(self.random.randrange(4)):
            name = self.random.choice(["Carol", "Omar", "=SUM(A1)", "", "Zoë, née Berg"])
            admitted = session.started_at if self._happens(0.7) else None
            yield self._seat(session, "customer", name, self._happens(0.7), admitted_at=admitted)

    def _seat(self, session, kind, name, left, **more):
        joined = session.started_at + self.random.randrange(5) * SECOND
        return Participant(
            session=session, kind=kind, name=name, joined_at=joined, left_at=joined + SECOND if left else None, **more
        )

    def _answer(self, customer):
        solved = self.random.choice(SurveyAnswer.Solved.values)
        return SurveyAnswer(participant=customer, solved=solved, rating=self.random.randint(1, 5))
