"""SQLite keeps its indexes of words and names in parts: a new one for what is written, and for what is deleted, too.

What was deleted lies in an older part until both are merged. Other databases have no such parts.
"""

from django.db import connection

from sessions_app.models.name_index import NAMES
from sessions_app.models.word_index import WORDS

# A few milliseconds of writing.
PAGES = 25


def merge_parts() -> None:
    """Merge all parts of each index into one, a piece at a time, so that others get to write in between."""
    if connection.vendor != "sqlite":
        return
    for index in {NAMES, WORDS} & set(connection.introspection.table_names()):
        _merge(index, -PAGES)
        while _merge(index, PAGES):
            pass


def _merge(index: str, pages: int) -> bool:
    """Whether there was something to merge. A number below zero begins with all parts there are."""
    before = connection.connection.total_changes
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', %s)", [pages])  # noqa: S608
    # The command counts as one.
    return bool(connection.connection.total_changes - before > 1)
