"""Signs of life of the processes that run jobs, and of the clock, as rows: a process that is gone cannot say so."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connections
from django.utils.crypto import salted_hmac

from supportcenter import clock
from supportcenter.jobs.models import Heartbeat, Role
from supportcenter.refusals.storage_full import is_storage_full, log_storage_full

# Seconds between two of them.
EVERY = 15
# Without one for so long, the process counts as gone.
MISSED = timedelta(seconds=60)
# Rows of processes that were killed are of no use any more.
FORGOTTEN = timedelta(hours=1)

logger = logging.getLogger(__name__)


class Pulse:
    """The heartbeats of one process in one role."""

    def __init__(self, role: Role, name: str | None = None) -> None:
        self.role, self.name = role, (name or process_name())[:120]
        self._next = 0.0

    def beat_if_due(self) -> None:
        """Cheap enough to be called whenever the process does what it is for. A failure is only told to the log."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        try:
            self.beat()
        except Exception as error:
            if is_storage_full(error):
                log_storage_full(error)
            else:
                logger.warning("No heartbeat of the %s could be left: %s", self.role.value, error)

    def beat(self) -> None:
        now = clock.now()
        row = {"at": now, "key_mark": key_mark()}
        Heartbeat.objects.update_or_create(role=self.role, name=self.name, defaults=row)
        Heartbeat.objects.filter(at__lt=now - FORGOTTEN).delete()

    def end(self) -> None:
        """The process stops in good order."""
        self._next = 0.0
        try:
            Heartbeat.objects.filter(role=self.role, name=self.name).delete()
        except Exception as error:
            logger.warning("The heartbeat of the %s could not be taken away: %s", self.role.value, error)


class Heart(threading.Thread):
    """Beats for a process that has no loop of ours, while `is_well` says that it does what it is for."""

    def __init__(self, pulse: Pulse, is_well: Callable[[], bool] = lambda: True) -> None:
        super().__init__(name=f"heart-{pulse.role.value}", daemon=True)
        self.pulse, self.is_well = pulse, is_well
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.is_set():
            if self.is_well():
                self.pulse.beat_if_due()
                # A worker that forks must not share a connection with its children.
                connections.close_all()
            self._stopping.wait(1)
        self.pulse.end()
        connections.close_all()

    def stop(self) -> None:
        self._stopping.set()
        if self.is_alive():
            self.join(timeout=5)


def process_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def key_mark() -> str:
    """The same in all processes that have the same secret key."""
    return salted_hmac("supportcenter.jobs.heartbeat", "key", algorithm="sha256").hexdigest()[:16]


def heard_of() -> list[Heartbeat]:
    """The processes that are alive, by what they left in the last minute."""
    return list(Heartbeat.objects.filter(at__gte=clock.now() - MISSED).order_by("role", "name"))


def needed(runner: str) -> tuple[Role, ...]:
    """Without these, later work is not done."""
    return (Role.WORKER, Role.CLOCK, Role.SWEEP) if runner == "celery" else (Role.RUNNER,)
