"""When somebody wants to hear nothing. Pure."""

from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo


class QuietHours(NamedTuple):
    """Every day from one time to another, which may be on the next day, in the person's own time zone."""

    begins: time
    ends: time
    time_zone: str

    def include(self, moment: datetime) -> bool:
        """Whether it is quiet then: from the first minute on, until the last one has begun."""
        at = moment.astimezone(ZoneInfo(self.time_zone)).time()
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends
