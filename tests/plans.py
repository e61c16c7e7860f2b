"""How the database goes about each statement that a piece of the product sends."""

import re
from contextlib import contextmanager

from django.db import connection

# Indexes of the living rows alone: reading one from end to end reads no history.
LIVING = [
    "open_offers",
    "offered_to_an_agent_once",
    "open_questions_of_an_agent",
    "session_asks_once_for_help",
    "session_waits_in_one_place",
    "waiting_requests",
]
# An agent or a queue of many years has very many rows: to be of one of them is no bound.
OF_YEARS = r"\((agent_id|answered_by_id|transferred_by_id|queue_id)=\?\)$"
PLANNED = ("SELECT", "UPDATE", "DELETE", "INSERT")


@contextmanager
def statements():
    """Collect the statements with what is bound to them: a plan may differ when that stands in the statement."""
    found = []

    def note(execute, sql, params, many, context):
        if not many and sql.lstrip("( ").startswith(PLANNED):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def scans(found, tables):
    """What reads one of these tables from end to end, or all that is of one agent or queue: (how, the statement)."""
    once = {repr(each): each for each in found}.values()
    return [(step, sql) for sql, params in once for step in _scans(sql, params, tables)]


def plans(found):
    """The steps in which SQLite goes about these statements."""
    return [row[-1] for sql, params in found for row in _explain("EXPLAIN QUERY PLAN ", sql, params)]


def _scans(sql, params, tables):
    if not any(f'"{table}"' in sql for table in tables):
        return []
    steps = _sqlite_scans(sql, params) if connection.vendor == "sqlite" else _postgres_scans(sql, params)
    return [f"{table}: {how}" for table, how in steps if table in tables and not any(name in how for name in LIVING)]


def _sqlite_scans(sql, params):
    named = {alias: table for table, alias in re.findall(r'"(\w+)" (?:AS )?"?([A-Z]\w*\d)"?', sql)}
    for row in _explain("EXPLAIN QUERY PLAN ", sql, params):
        step = re.match(r"(?:SCAN|SEARCH) (\w+)", row[-1])
        if step and (row[-1].startswith("SCAN") or re.search(OF_YEARS, row[-1])):
            yield named.get(step[1], step[1]), row[-1]


def _postgres_scans(sql, params):
    for (line,) in _explain("EXPLAIN ", sql, params):
        scan = re.search(r"Seq Scan on (\w+)", line)
        if scan:
            yield scan[1], line.strip()


def _explain(prefix, sql, params):
    with connection.cursor() as cursor:
        cursor.execute(prefix + sql, params)
        return cursor.fetchall()
