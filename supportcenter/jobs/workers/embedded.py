"""The runner of `manage.py serve`: later work without any other server, by a thread for each lane."""

import logging
import threading

from django.db import close_old_connections, connection

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import take_over_leases
from supportcenter.jobs.outbox.wake import alarms
from supportcenter.jobs.workers.runner import run_due

# Seconds. Rows of this process wake the thread; this is for rows that another one (a shell, a command) has written.
LONGEST_SLEEP = 5

logger = logging.getLogger(__name__)


class EmbeddedRunner:
    """Both lanes: start them, ask them to end, wait for that."""

    def __init__(self):
        self.lanes = [Lane("jobs", slow=False), Lane("slow-jobs", slow=True)]

    def start(self):
        """What a dead process held is free again: the caller knows that nobody else runs jobs."""
        take_over_leases()
        for lane in self.lanes:
            lane.start()

    def stop(self):
        """Ask the threads to end after the job they are in; `join()` waits for that."""
        for lane in self.lanes:
            lane.stop()

    def join(self, timeout=None):
        for lane in self.lanes:
            lane.join(timeout)

    def is_alive(self):
        return any(lane.is_alive() for lane in self.lanes)


class Lane(threading.Thread):
    def __init__(self, name, *, slow):
        super().__init__(name=name, daemon=True)
        self.slow = slow
        self.stopping, self.alarm = threading.Event(), threading.Event()

    def run(self):
        alarms.add(self.alarm)
        try:
            while not self.stopping.is_set():
                self.alarm.wait(self.do_what_is_due())
        finally:
            alarms.discard(self.alarm)
            connection.close()

    def do_what_is_due(self):
        """Run the due jobs; return the seconds to sleep. A database that is away is waited for."""
        self.alarm.clear()
        try:
            close_old_connections()
            run_due(until=self.stopping, slow=self.slow)
            return self.seconds_until_next()
        except Exception:
            logger.exception("The runner could not reach its jobs")
            return LONGEST_SLEEP

    def seconds_until_next(self):
        next_due = Job.objects.of_lane(self.slow).next_due()
        if next_due is None:
            return LONGEST_SLEEP
        return min(LONGEST_SLEEP, max(0, (next_due - clock.now()).total_seconds()))

    def stop(self):
        self.stopping.set()
        self.alarm.set()
