from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from supportcenter.report_mail.actions import plan_due, subscribe

RIYADH = ZoneInfo("Asia/Riyadh")


class Hours:
    """Time that stands still until a test moves it on, and then plans what is due."""

    def __init__(self, clock, traveller):
        self._clock, self._traveller = clock, traveller

    def move_to(self, *parts):
        self._traveller.move_to(datetime(*parts, tzinfo=RIYADH), tick=False)

    def pass_to(self, *parts):
        """And do the jobs."""
        self.move_to(*parts)
        plan_due()
        self._clock.forward(seconds=1)

    def forward(self, **duration):
        plan_due()
        self._clock.forward(**duration)


@pytest.fixture
def hours(clock, time_machine, settings):
    """It is Wednesday, 4 March 2026, noon, in Riyadh."""
    settings.TIME_ZONE = "Asia/Riyadh"
    found = Hours(clock, time_machine)
    found.move_to(2026, 3, 4, 12)
    return found


@pytest.fixture
def daily(hours, amal):
    """Amal gets the representatives' report every day at 7."""
    return subscribed(amal)


def subscribed(user, report="representatives", *, rhythm="daily", weekday=0, hour=7, attachment="none"):
    return subscribe(report, rhythm=rhythm, weekday=weekday, hour=hour, attachment=attachment, by=user)
