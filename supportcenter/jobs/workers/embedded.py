"""The runner inside `manage.py serve`: jobs without any other server, on a thread for each queue."""

import logging
import threading
from collections.abc import Collection

from django.db import close_old_connections, connection

from supportcenter import clock
from supportcenter.jobs.models import Heartbeat, Job, Role
from supportcenter.jobs.outbox.claim import take_over_leases
from supportcenter.jobs.outbox.queues import urgent_kinds
from supportcenter.jobs.outbox.wake import alarms
from supportcenter.jobs.workers.heartbeat import Pulse
from supportcenter.jobs.workers.runner import run_due
from supportcenter.refusals.storage_full import is_storage_full, log_storage_full

# Seconds. Jobs added by this process wake the thread; this is for those that another one (a shell, a command) added.
LONGEST_SLEEP = 1

logger = logging.getLogger(__name__)


class EmbeddedRunner:
    """The threads of both queues, and one for what is urgent: start them, stop them, wait for them."""

    def __init__(self) -> None:
        # The pulse is that of the fast queue, whose jobs are short: what keeps it for a minute is worth a finding.
        self.threads = [
            QueueThread("jobs", slow=False, pulse=Pulse(Role.RUNNER)),
            QueueThread("slow-jobs", slow=True, but=urgent_kinds),
            QueueThread("urgent-jobs", slow=True, kinds=urgent_kinds),
        ]

    def start(self) -> None:
        """Free what a dead process had claimed, and start: the caller knows that no other process runs jobs."""
        take_over_leases()
        Heartbeat.objects.filter(role=Role.RUNNER).delete()
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Ask the threads to end after the job they are in; `join()` waits for that."""
        for thread in self.threads:
            thread.stop()

    def join(self, timeout: float | None = None) -> None:
        for thread in self.threads:
            thread.join(timeout)

    def is_alive(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)


class QueueThread(threading.Thread):
    """With `kinds` only these, with `but` not those."""

    def __init__(
        self,
        name: str,
        *,
        slow: bool,
        kinds: Collection[str] = (),
        but: Collection[str] = (),
        pulse: Pulse | None = None,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.slow, self.kinds, self.but, self.pulse = slow, kinds, but, pulse
        self.stopping, self.alarm = threading.Event(), threading.Event()

    def run(self) -> None:
        alarms.add(self.alarm)
        try:
            while not self.stopping.is_set():
                self.alarm.wait(self.do_what_is_due())
        finally:
            alarms.discard(self.alarm)
            if self.pulse:
                self.pulse.end()
            connection.close()

    def do_what_is_due(self) -> float:
        """Run the due jobs and return how many seconds to sleep; an error of the database is logged, and waited out."""
        self.alarm.clear()
        try:
            close_old_connections()
            self.beat()
            run_due(until=self.stopping, slow=self.slow, kinds=self.kinds, but=self.but, before_each=self.beat)
            return self.seconds_until_next()
        except Exception as error:
            if is_storage_full(error):
                log_storage_full(error)
            else:
                logger.exception("The runner could not reach its jobs")
            return LONGEST_SLEEP

    def seconds_until_next(self) -> float:
        jobs = Job.objects.of_queue(self.slow).exclude(kind__in=self.but)
        next_due = (jobs.filter(kind__in=self.kinds) if self.kinds else jobs).next_due()
        if next_due is None:
            return LONGEST_SLEEP
        return min(LONGEST_SLEEP, max(0, (next_due - clock.now()).total_seconds()))

    def beat(self) -> None:
        if self.pulse:
            self.pulse.beat_if_due()

    def stop(self) -> None:
        self.stopping.set()
        self.alarm.set()
