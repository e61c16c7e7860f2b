"""A past in the data folder: `python -m benchmarks.site.ended_sessions sessions`; prints JSON.

As many ended sessions, each with a CSR and two customers of whom one answered the survey, and a manager, signed in.
"""

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
django.setup()

from django.db import transaction  # noqa: E402

from benchmarks.site.scene import sign_in  # noqa: E402
from sessions_app.actions.lifecycle.end import end_session  # noqa: E402
from sessions_app.actions.lifecycle.join import join_session  # noqa: E402
from sessions_app.actions.lifecycle.start import start_session  # noqa: E402
from sessions_app.models import SurveyAnswer  # noqa: E402
from supportcenter.accounts.models import CsrPrivileges, User  # noqa: E402
from tests.history import copy_history  # noqa: E402


def main(sessions):
    amal, mona = (_person(name, manager=name == "Mona") for name in ("Amal", "Mona"))
    session = start_session(by=amal)
    carol, _seat = join_session(session, name="Carol")
    join_session(session, name="Daoud")
    end_session(session, by=session.primary)
    SurveyAnswer.objects.create(participant=carol, rating=4)
    with transaction.atomic():
        copy_history(sessions - 1)
    sys.stdout.write(json.dumps({"manager": sign_in(mona)}))


def _person(name, *, manager):
    user = User.objects.create_user(f"{name.lower()}-{uuid4().hex[:8]}", first_name=name)
    CsrPrivileges.objects.create(user=user, manager=manager)
    return user


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
