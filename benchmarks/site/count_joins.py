"""How many customers really are in: `python -m benchmarks.site.count_joins key …`; prints JSON."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from sessions_app.models import SupportSession  # noqa: E402

if __name__ == "__main__":
    sessions = [SupportSession.objects.get(key=key) for key in sys.argv[1:]]
    sys.stdout.write(json.dumps([each.participants.customers().present().count() for each in sessions]))
