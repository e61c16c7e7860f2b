"""One process, a few threads; and who runs jobs."""

from supportcenter.environment import WrongSetting
from supportcenter.settings.places import env
from supportcenter.settings.storage import REDIS_URL

HTTP_THREADS = env.number("HTTP_THREADS", 4, most=256)
# Bytes of one request that uploads a part of a file; a larger one is refused before it is read. All other requests
# get as much as a form may have (serving/heads.py).
HTTP_BODY_LIMIT = env.number("HTTP_BODY_LIMIT", 32 * 1024 * 1024, least=1024 * 1024)
SOCKET_BYTE_BUDGET = env.number("SOCKET_BYTE_BUDGET", 512 * 1024, least=64 * 1024)
# Database connections for the sockets: the few questions they have are short.
SOCKET_DB_THREADS = env.number("SOCKET_DB_THREADS", 4, most=256)
# embedded: a thread of `serve` runs later work. celery: a Celery worker and beat do, over REDIS_URL.
JOBS_RUNNER = env.text("JOBS_RUNNER", "celery" if REDIS_URL else "embedded", one_of=("embedded", "celery"))
if JOBS_RUNNER == "celery" and not REDIS_URL:
    # A worker would wait for messages in its own memory, and nobody would ever send a message or end a session.
    raise WrongSetting("JOBS_RUNNER", "celery works over Redis: set REDIS_URL, or leave this out.")
# There a worker and the clock answer /livez and /readyz, on 127.0.0.1; 0: nowhere. `serve` answers on its own port.
HEALTH_PORT = env.number("HEALTH_PORT", 0, least=0, most=65535)
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
