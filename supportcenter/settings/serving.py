"""One process, a few threads; and who runs jobs."""

from supportcenter.environment import WrongSetting
from supportcenter.settings.places import env
from supportcenter.settings.storage import REDIS_URL

HTTP_THREADS = env.int("HTTP_THREADS", 4)
# Bytes of one request that uploads a part of a file; a larger one is refused before it is read. All other requests
# get as much as a form may have (serving/heads.py).
HTTP_BODY_LIMIT = env.int("HTTP_BODY_LIMIT", 32 * 1024 * 1024)
SOCKET_BYTE_BUDGET = env.int("SOCKET_BYTE_BUDGET", 512 * 1024)
# Database connections for the sockets: the few questions they have are short.
SOCKET_DB_THREADS = env.int("SOCKET_DB_THREADS", 4)
# embedded: a thread of `serve` runs later work. celery: a Celery worker and beat do, over REDIS_URL.
JOBS_RUNNER = env.str("JOBS_RUNNER", "celery" if REDIS_URL else "embedded")
if JOBS_RUNNER not in {"embedded", "celery"}:
    raise WrongSetting("JOBS_RUNNER", f"{JOBS_RUNNER} is none of them: embedded or celery")
if JOBS_RUNNER == "celery" and not REDIS_URL:
    # It would look like working: pages are served, and no mail, deadline or offer is ever seen to.
    raise WrongSetting("JOBS_RUNNER", "celery needs a Redis for its messages: set REDIS_URL, or JOBS_RUNNER=embedded")
# There a worker and the clock answer /livez and /readyz, on 127.0.0.1; 0: nowhere. `serve` answers on its own port.
HEALTH_PORT = env.int("HEALTH_PORT", 0)
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
