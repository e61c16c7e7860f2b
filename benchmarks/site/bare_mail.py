"""Mail as Celery's and Django's tutorials have it: a row, `delay` on commit, and a task that reads the row and sends.

    celery -A benchmarks.site.bare_mail worker        sends
    python -m benchmarks.site.bare_mail               commits; see inviter.py, which it answers like

Nothing is claimed, noted or told: a worker that dies has lost its message.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from celery import Celery  # noqa: E402
from django.core.mail import EmailMultiAlternatives  # noqa: E402
from django.db import transaction  # noqa: E402
from django.template import engines  # noqa: E402

from supportcenter.accounts.models import User  # noqa: E402

app = Celery("bare", broker=os.environ["REDIS_URL"], task_ignore_result=True, broker_connection_retry_on_startup=True)
app.set_default()
# As long as the product's own message.
LINE = "{{ who.first_name }} asks you to come to a support session: https://support.example/i/{{ who.pk }}/\n"
TEXT = engines["django"].from_string(LINE * 9)
PAGE = engines["django"].from_string(f'<table><tr><td align="left">{LINE}</td></tr></table>\n' * 58)


@app.task(name="bare.send")
def send(pk):
    who = {"who": User.objects.get(pk=pk)}
    message = EmailMultiAlternatives("An invitation", TEXT.render(who), to=[who["who"].email])
    message.attach_alternative(PAGE.render(who), "text/html")
    message.send()


def commit(number):
    address, committed = f"customer-{number}@example.com", []
    with transaction.atomic():
        user = User.objects.create(username=address, email=address, first_name="Amal")
        transaction.on_commit(lambda: committed.append(time.perf_counter()))
        transaction.on_commit(lambda: send.delay(user.pk))
    return {"to": address, "at": committed[0]}


def main():
    print("ready", flush=True)
    number = 0
    for line in sys.stdin:
        for _ in range(int(line)):
            number += 1
            print(json.dumps(commit(number)), flush=True)


if __name__ == "__main__":
    main()
