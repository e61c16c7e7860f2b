#!/usr/bin/env bash
# A Celery application made in one thread, and `current_app` and a shared task in another.
#
# Guessed: one process, one application: every thread has the one that was made, and sends its tasks to that broker.
# Really:  an application is "current" for the thread that made it alone. Other threads have the process's default one, a
#          nameless application whose broker is AMQP on localhost. In a Django project the application becomes the default as
#          well, but only if nothing has looked at `current_app` before: one look (a library, a test, a REPL) makes the
#          nameless one, which then stays. shared_task(...).delay() in a thread goes the same way, whatever -A or the settings
#          say, and nothing is logged until the connection to that other broker fails, or succeeds.
# Matters: a site that sends its tasks from threads of its own (on commit, from a pool) can speak to a broker that nobody has
#          configured. Call app.set_default() where the application is made.
# Seen with celery 5.7.0 and Django 5.2.19, on Python 3.11.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check celery==5.7.0 django==5.2.19
cd "$folder"
echo 'SECRET_KEY = "x"' > settings.py
cat > look.py <<'PYTHON'
import sys
from concurrent.futures import ThreadPoolExecutor

from celery import Celery, current_app, shared_task

if "looked" in sys.argv:
    str(current_app.main)
app = Celery("ours", broker="amqp://ours.example//")
if "set_default" in sys.argv:
    app.set_default()


@shared_task
def task():
    pass


def who():
    return f"{task.app.main} by {task.app.connection_for_write().as_uri()}"


with ThreadPoolExecutor(1) as other:
    print(f"here: {who()}; in another thread: {other.submit(who).result()}")
PYTHON
say() { printf '%-42s' "$1:"; shift; env "$@"; }
python="$folder/venv/bin/python"
{
  say "without Django" "$python" look.py
  say "with Django" DJANGO_SETTINGS_MODULE=settings "$python" look.py
  say "with Django, after a look at current_app" DJANGO_SETTINGS_MODULE=settings "$python" look.py looked
  say "the same, and set_default()" DJANGO_SETTINGS_MODULE=settings "$python" look.py looked set_default
} | tee seen.txt
diff seen.txt - <<'SEEN'
without Django:                           here: ours by amqp://guest:**@ours.example:5672//; in another thread: default by amqp://guest:**@localhost:5672//
with Django:                              here: ours by amqp://guest:**@ours.example:5672//; in another thread: ours by amqp://guest:**@ours.example:5672//
with Django, after a look at current_app: here: ours by amqp://guest:**@ours.example:5672//; in another thread: default by amqp://guest:**@localhost:5672//
the same, and set_default():              here: ours by amqp://guest:**@ours.example:5672//; in another thread: ours by amqp://guest:**@ours.example:5672//
SEEN
