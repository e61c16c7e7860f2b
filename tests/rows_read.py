"""How much the database goes through for each statement: what a plan costs, found out by carrying it out.

A scan that stops at its limit is cheap, and one that filters a whole table is not; a plan shows both as a scan.
"""

import json
from collections import Counter
from contextlib import contextmanager

from django.db import connection, transaction

# SQLite tells us after so many instructions of its virtual machine; to visit a row and refuse it takes three or more.
AT_ONCE, A_ROW = 100, 3


@contextmanager
def count_rows_read():
    """Count, by statement, the rows that the database visits, about."""
    counted = Counter()
    with (_on_sqlite if connection.vendor == "sqlite" else _on_postgresql)(counted):
        yield counted


@contextmanager
def _on_sqlite(counted):
    """Rows are visited while they are fetched, too, so what is visited counts for the latest statement."""
    latest = ""

    def remember(execute, sql, params, many, context):
        nonlocal latest
        latest = sql
        return execute(sql, params, many, context)

    def note():
        counted[latest] += AT_ONCE // A_ROW

    connection.ensure_connection()
    connection.connection.set_progress_handler(note, AT_ONCE)
    try:
        with connection.execute_wrapper(remember):
            yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _on_postgresql(counted):
    """Each statement is carried out twice; what the first time has changed is taken back."""
    explaining = False

    def explain(execute, sql, params, many, context):
        nonlocal explaining
        if not explaining and not many and sql.startswith(("SELECT", "UPDATE", "DELETE")):
            explaining = True
            try:
                counted[sql] += _visited(sql, params)
            finally:
                explaining = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield


def _visited(sql, params):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        (plans,) = cursor.fetchone()
        transaction.set_rollback(True)
    plans = json.loads(plans) if isinstance(plans, str) else plans
    return sum(_rows_of(plan["Plan"]) for plan in plans)


def _rows_of(node):
    refused = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
    refused += node.get("Rows Removed by Index Recheck", 0)
    here = (node["Actual Rows"] + refused) * node["Actual Loops"]
    return here + sum(_rows_of(inner) for inner in node.get("Plans", []))
