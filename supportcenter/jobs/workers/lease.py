"""A slow job is kept while its process lives, by short leases: if that is killed, another one soon goes on."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import SLOW_LEASE

# Seconds between two renewals: three may fail before the lease ends.
RENEW_EVERY = 15
# Seconds: a handler that takes longer hangs, and somebody else may try.
LONGEST = 30 * 60

logger = logging.getLogger(__name__)


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """Renew the lease of a slow job meanwhile. The others are done within theirs."""
    if not job.slow:
        yield
        return
    over = threading.Event()
    threading.Thread(target=keep, args=(job, over), name=f"lease-{job.pk}", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def keep(job: Job, over: threading.Event) -> None:
    """Renew until it is over, or the job is somebody else's. What fails once is tried again at the next turn."""
    give_up = time.monotonic() + LONGEST
    while not over.wait(RENEW_EVERY) and time.monotonic() < give_up:
        try:
            if not job.renew(until=clock.now() + SLOW_LEASE):
                return
        except Exception as error:
            logger.warning("The lease of %s could not be renewed: %s", job, error)
        finally:
            connections.close_all()
