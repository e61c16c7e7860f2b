"""D1: fifty customers press Join at once, and five places are left."""

import json
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlencode

from benchmarks.contenders import ThisProduct, run_python, scenes
from benchmarks.load.pages import all_at_once, post
from tests.services import NotFoundError, postgres_database

CROWD, MAXIMUM, IN = 50, 8, 3
SEATED, NO_ROOM = 302, 409


def d1(run):
    """Never one too many, on either database."""
    with ExitStack() as stack:
        databases = {"SQLite": ""}
        try:
            databases["PostgreSQL"] = stack.enter_context(postgres_database())
        except NotFoundError as missing:
            run.note(f"{missing}: left out")
        for name, database in databases.items():
            _race(run, name, database)


def _race(run, name, database):
    folder = run.folders.new(database)
    places = {"folder": folder, "database": database}
    all_scenes = scenes(**places, sessions=run.rounds, customers=IN, maximum=MAXIMUM)
    with ThisProduct(**places) as site:
        for number, scene in enumerate(all_scenes):
            run.note(f"{name}, round {number + 1}")
            forms = [urlencode({"number": scene["number"], "name": f"Customer {each}"}) for each in range(CROWD)]
            statuses, seconds = all_at_once(site.port, [post("/join/", form) for form in forms])
            answers = Counter(statuses)
            run.results.add(f"D1 {name}: seated of {CROWD}", "this product", "customers", answers[SEATED])
            run.results.add(f"D1 {name}: neither seated nor told", "this product", "answers", _others(answers))
            run.results.add(f"D1 {name}: until the last answer", "this product", "s", seconds)
    keys = [scene["key"] for scene in all_scenes]
    for really_in in json.loads(run_python("-m", "benchmarks.site.count_joins", *keys, **places)):
        run.results.add(f"D1 {name}: over the maximum", "this product", "customers", max(0, really_in - MAXIMUM))
    run.results.hold(f"D1 {name}: over the maximum", "this product", most=0)
    run.results.hold(f"D1 {name}: neither seated nor told", "this product", most=0)


def _others(answers):
    return CROWD - answers[SEATED] - answers[NO_ROOM]
