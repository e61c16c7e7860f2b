"""The index by which reports find what was said: of the beginnings of all words of the chat.

It is made after each migration, as that of names, and triggers keep it true: a line that is written or deleted changes
it in the same transaction. Where a database refuses it, a search goes through lines instead, a piece at a time.
"""

from contextlib import nullcontext

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.utils import DatabaseError

from sessions_app.models.chat_message import ChatMessage
from sessions_app.models.made_indexes import has_triggers, is_valid

LINES, WORDS = "sessions_app_chatmessage", "sessions_app_said"

_PUT_IN = f"INSERT INTO {WORDS} (rowid, words) SELECT {{0}}.id, {{0}}.words"
_TAKE_OUT = f"INSERT INTO {WORDS} ({WORDS}, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words NOT NULL"
_KNOWN = "WHERE {0}.words NOT NULL"
_TRIGGERS = {
    "line_said": f"AFTER INSERT ON {LINES} BEGIN {_PUT_IN} {_KNOWN}; END".format("new"),
    "line_deleted": f"AFTER DELETE ON {LINES} BEGIN {_TAKE_OUT}; END",
    "line_changed": f"AFTER UPDATE OF words ON {LINES} BEGIN {_TAKE_OUT}; {_PUT_IN} {_KNOWN}; END".format("new"),
}
# Words stand between single spaces. PostgreSQL's own parser would take some of them apart, and guesses the cost of a
# function of its own too low: it would rather ask each line than the index.
_LEXEMES = f"""
    CREATE OR REPLACE FUNCTION {WORDS}_in(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    COST 1000 AS $$ BEGIN RETURN array_to_tsvector(array_remove(string_to_array(words, ' '), '')); END $$
"""


def make_word_index() -> None:
    """Make the index unless it is there, of all lines whose words are stored."""
    try:
        # In a restore's transaction, a failure must not take the rest along.
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            (_make_on_sqlite if connection.vendor == "sqlite" else _make_on_postgresql)(cursor)
    except DatabaseError:
        # A library without FTS5.
        return


def is_behind() -> bool:
    """Whether words of lines are not stored: of old ones, or of those that an earlier release still wrote."""
    return ChatMessage.objects.filter(words=None).exists()


def saying(terms: list[str]) -> Q:
    """Lines in whose words all terms are, asked one by one; without a term none."""
    if not terms:
        return Q(pk__in=[])
    return Q(*[Q(words__contains=term) for term in terms])


def found_by_index(terms: list[str], most: int) -> QuerySet[ChatMessage] | None:
    """At most so many lines with the words of all terms in any order, in no order; None where there is no index."""
    words = list(dict.fromkeys(word for term in terms for word in _as_prefixes(term)))
    if connection.vendor == "postgresql":
        if not is_valid(WORDS):
            return None
        wanted = " & ".join(f"'{word}'{':*' if begins else ''}" for word, begins in words)
        # Not the keys alone, to look up their rows: it would rather read all rows for that.
        asked = RawSQL(f"{WORDS}_in(words) @@ %s::tsquery", [wanted], BooleanField())  # noqa: S611 - a parameter
        return ChatMessage.objects.filter(asked).order_by()[:most]
    if not has_triggers(LINES, _TRIGGERS):
        return None
    wanted = " AND ".join(f'"{word}"{"*" if begins else ""}' for word, begins in words)
    sql = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s LIMIT %s"  # noqa: S608 - the name is ours
    found = RawSQL(sql, [wanted, most])  # noqa: S611 - what was typed is a parameter
    return ChatMessage.objects.filter(pk__in=found).order_by()


def _as_prefixes(term: str) -> list[tuple[str, bool]]:
    """The words of a term, which are letters and digits alone, and of each whether it goes on."""
    words = term.split()
    return [(word, not term.endswith(" ") and number == len(words)) for number, word in enumerate(words, start=1)]


def _make_on_sqlite(cursor: CursorWrapper) -> None:
    if has_triggers(LINES, _TRIGGERS):
        return
    with transaction.atomic():
        cursor.execute(f"DROP TABLE IF EXISTS {WORDS}")
        # Beyond ASCII it takes any character for a letter, so that it parts words at spaces alone, as we did.
        options = "content='', columnsize=0, tokenize='ascii'"
        cursor.execute(f"CREATE VIRTUAL TABLE {WORDS} USING fts5(words, {options})")
        for name, what in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {what}")
        cursor.execute(f"{_PUT_IN} FROM {LINES} {_KNOWN}".format(LINES))


def _make_on_postgresql(cursor: CursorWrapper) -> None:
    if is_valid(WORDS):
        return
    cursor.execute(_LEXEMES)
    online = "" if connection.in_atomic_block else "CONCURRENTLY"
    # One that is not valid was broken off.
    cursor.execute(f"DROP INDEX {online} IF EXISTS {WORDS}")
    cursor.execute(f"CREATE INDEX {online} {WORDS} ON {LINES} USING gin ({WORDS}_in(words))")
