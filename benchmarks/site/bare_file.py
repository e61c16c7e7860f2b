"""The list of sessions by one statement into the csv writer: `python -m benchmarks.site.bare_file`; prints JSON."""

import csv
import json
import os
import sys
import time
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import connection  # noqa: E402

AT_ONCE = 200
NAMES = "SELECT group_concat(name, ', ') FROM sessions_app_participant WHERE session_id = s.id AND kind = '{kind}'"
SESSIONS = f"""
SELECT number, started_at, ended_at, strftime('%s', ended_at) - strftime('%s', started_at),
    ({NAMES.format(kind="csr")}), ({NAMES.format(kind="customer")}), 'Ended', end_reason,
    (SELECT avg(rating) FROM sessions_app_surveyanswer a JOIN sessions_app_participant p ON p.id = a.participant_id
        WHERE p.session_id = s.id),
    (SELECT group_concat(t.name, ', ') FROM sessions_app_supportsession_tags l
        JOIN sessions_app_tag t ON t.id = l.tag_id WHERE l.supportsession_id = s.id),
    (SELECT r.name FROM sessions_app_sessionclosing c JOIN sessions_app_closingreason r ON r.id = c.reason_id
        WHERE c.session_id = s.id)
FROM sessions_app_supportsession s ORDER BY id DESC
"""


def main():
    began, size = time.process_time(), 0
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS)
        while rows := cursor.fetchmany(AT_ONCE):
            written = StringIO()
            csv.writer(written).writerows(rows)
            size += len(written.getvalue().encode())
    sys.stdout.write(json.dumps({"cpu": time.process_time() - began, "bytes": size}))


if __name__ == "__main__":
    main()
