"""A site with a long past: one session that people have been through, copied by SQL as often as a test needs."""

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import DateTimeField, Max

from invitations.models import Invitation
from sessions_app.models import (
    Activity,
    ChatMessage,
    Consent,
    FileTransfer,
    Participant,
    Recording,
    SupportSession,
    SurveyAnswer,
    SurveyReply,
)
from supportcenter.live.models import Event, EventStream

# In the order in which rows refer to one another; references that go in a circle are checked at the end.
TABLES = [
    SupportSession,
    Participant,
    Activity,
    Consent,
    FileTransfer,
    ChatMessage,
    Recording,
    SurveyAnswer,
    SurveyReply,
    Invitation,
]
LOG = [EventStream, Event]
# The keys of copy n begin at n times this.
STEP = 1000
# Drawn at random, for one row alone.
DRAWN = ["key", "seat_hash", "press", "nonce", "token_hash"]
NAMED = f"'participant.' || (CAST(substr(actor_key, 13) AS integer) + n * {STEP})"


def copy_history(count, *, tables=TABLES + LOG, at_once=1_000_000, minutes=None, columns=None):
    """Copy everything there is `count` times, each copy a minute later than the one before, the last an hour ago.

    `minutes` is SQL for how much later copy `n` is than what it copies, and `columns` for what else differs in it, by
    model. Of a past of many gigabytes no more is written `at_once`: a statement keeps what it is to write till its end.
    """
    minutes = minutes or f"(n - {count + 60})"
    newest = {model: model._default_manager.aggregate(pk=Max("pk"))["pk"] or 0 for model in tables}
    statements = [(_copies_of(each, tables, minutes, (columns or {}).get(each, {})), newest[each]) for each in tables]
    with connection.cursor() as cursor:
        for first in range(1, count + 1, at_once):
            with transaction.atomic():
                for statement, last in statements:
                    cursor.execute(statement, [first, min(first + at_once - 1, count), last])
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        # As sites are: PostgreSQL looks at its tables by itself, and SQLite plans without having looked.
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def _copies_of(model, tables, minutes, columns):
    fields = model._meta.local_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(columns.get(field.column) or _value(model, field, tables, minutes) for field in fields)
    table = model._meta.db_table
    # In the order of their keys, as rows are written in life: then an index of keys grows at its end.
    copied = f"FROM numbers CROSS JOIN {table} WHERE {table}.{model._meta.pk.column} <= %s ORDER BY n"
    return f"{_numbers()} INSERT INTO {table} ({names}) SELECT {values} {copied}"


def _numbers():
    if connection.vendor == "sqlite":
        return "WITH RECURSIVE numbers(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
    return "WITH numbers(n) AS (SELECT generate_series(%s, %s))"


def _value(model, field, tables, minutes):
    column = f'"{field.column}"'
    if field.primary_key or field.related_model in tables:
        return f"{column} + n * {STEP}"
    if isinstance(field, DateTimeField):
        if connection.vendor == "sqlite":
            return f"datetime({column}, {minutes} || ' minutes')"
        return f"{column} + {minutes} * interval '1 minute'"
    return _different(model).get(field.column, column)


def _different(model):
    """What has to differ from copy to copy, beside keys and times. An actor's key, "participant.7", names its row."""
    drawn = [field for field in model._meta.local_fields if field.column in DRAWN]
    own = {field.column: f"CASE {field.column} WHEN '' THEN '' ELSE {_redrawn(field)} END" for field in drawn}
    # Spread, as what is drawn is.
    own["number"] = "CAST(100000000 + (CAST(n AS bigint) * 777777773) %% 900000000 AS varchar(9))"
    own["actor_key"] = f"CASE WHEN actor_key LIKE 'participant.%%' THEN {NAMED} ELSE actor_key END"
    own["folded_name"] = "folded_name || ' ' || (CAST(n AS bigint) * 77773) %% 100003"
    if model is EventStream:
        own["name"] = "substr(name, 1, CASE WHEN name LIKE 'request.%%' THEN 19 ELSE 27 END) || '-' || n"
    return own


def _redrawn(field):
    """As much of it as leaves room for the number: of a request's key eleven characters, else nineteen.

    The hyphen is in nothing that is drawn, so that no copy is like one whose own last characters are digits.
    """
    return f"substr({field.column}, 1, {min(20, field.max_length - 8) - 1}) || '-' || n"
