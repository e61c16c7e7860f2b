"""The Celery application: `celery -A supportcenter worker` and `celery -A supportcenter beat`."""

import atexit
import time
from typing import Any

from celery import Celery
from celery.signals import (
    after_task_publish,
    beat_init,
    setup_logging,
    worker_init,
    worker_ready,
    worker_shutdown,
)

from supportcenter.environment import settings_in_one_line
from supportcenter.jobs import SWEEP
from supportcenter.private_files import keep_private

settings_in_one_line()

app = Celery("supportcenter")
# For every thread, the one that wakes workers too: a thread that has no application gets whichever was asked for first.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    # A sweep that nobody took up in time is one too many: the next is there already.
    "sweep": {"task": "jobs.sweep", "schedule": SWEEP, "options": {"expires": SWEEP}},
}
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def keep_files_private(**facts: Any) -> None:
    from django.conf import settings

    keep_private(settings.DATA_DIR)


@setup_logging.connect
def keep_our_log(**facts: Any) -> None:
    """Celery sets up a log of its own unless somebody is connected here; workers and clock write the site's."""


@worker_init.connect
@beat_init.connect
def begin_work(**facts: Any) -> None:
    """Not while a restore is under way, nor on the database of a newer release."""
    from django.core.exceptions import ImproperlyConfigured

    from supportcenter.schema import refuse_newer_database
    from supportcenter.site_lock import stay_in_use

    try:
        stay_in_use()
        refuse_newer_database()
    except ImproperlyConfigured as why:
        # Celery logs an exception of a receiver, and goes on; this ends the process.
        raise SystemExit(f"{why}") from why


@worker_ready.connect
def worker_is_alive(**facts: Any) -> None:
    from supportcenter.jobs.models import Role
    from supportcenter.jobs.workers.heartbeat import Heart, Pulse
    from supportcenter.serving.health_port import answer_health

    heart = Heart(Pulse(Role.WORKER))
    heart.start()
    worker_shutdown.connect(lambda **_: heart.stop(), weak=False)
    answer_health(Role.WORKER)


@beat_init.connect
def clock_is_alive(**facts: Any) -> None:
    """The clock lives while the broker takes its sweeps: one that is stuck or unheard is as good as gone."""
    from supportcenter.jobs.models import Role
    from supportcenter.jobs.workers.heartbeat import EVERY, Heart, Pulse
    from supportcenter.serving.health_port import answer_health

    last = 0.0

    def note(**_: Any) -> None:
        nonlocal last
        last = time.monotonic()

    after_task_publish.connect(note, weak=False)
    heart = Heart(Pulse(Role.CLOCK), is_well=lambda: bool(last) and time.monotonic() - last < EVERY)
    heart.start()
    atexit.register(heart.stop)
    answer_health(Role.CLOCK)
