"""Several people at the same moment: each on a thread and a database connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from supportcenter.refusals import Refused

# Seconds: nothing waits for it unless a test fails.
PATIENCE = 60


def together(*calls):
    """Make all calls at once and return, in their order, what each returned or how it was refused.

    Anything but a Refused (a deadlock, a locked database, a traceback) is raised: losing a race is no accident.
    """
    start = Barrier(len(calls))

    def make(call):
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as people:
        return list(people.map(make, calls, timeout=PATIENCE))


def winners(outcomes):
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)]


def refusals(outcomes):
    """The codes of those who lost."""
    return sorted(outcome.code for outcome in outcomes if isinstance(outcome, Refused))
