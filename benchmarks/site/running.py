"""Running sessions in the data folder: `python -m benchmarks.site.running sessions`; prints JSON.

Each has a CSR of its own and a customer; an admin, signed in, looks on.
"""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from benchmarks.site.scene import be_patient, make, sign_in  # noqa: E402
from supportcenter.accounts.models import User  # noqa: E402


def main(sessions):
    be_patient(maximum=1)
    keys = [make(customers=1, lines=0)["key"] for _ in range(sessions)]
    admin = User.objects.create_superuser(f"admin-{uuid4().hex[:8]}", first_name="Dana")
    sys.stdout.write(json.dumps({"keys": keys, "admin": sign_in(admin)}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
