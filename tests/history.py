"""A site with a long past: one session that people have been through, copied by SQL as often as a test needs."""

from django.core.management.color import no_style
from django.db import connection
from django.db.models import DateTimeField

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
    Invitation,
]
LOG = [EventStream, Event]
# The keys of copy n begin at n times this.
STEP = 1000
# Drawn at random, for one row alone.
DRAWN = ["key", "seat_hash", "press", "nonce", "token_hash"]
NAMED = f"'participant.' || (CAST(substr(actor_key, 13) AS integer) + n * {STEP})"


def copy_history(count):
    """Copy everything there is `count` times, each copy a minute later than the one before, the last an hour ago."""
    with connection.cursor() as cursor:
        for model in TABLES + LOG:
            cursor.execute(_copies_of(model, count + 60), [count])
        for statement in connection.ops.sequence_reset_sql(no_style(), TABLES + LOG):
            cursor.execute(statement)
        # As sites are: PostgreSQL looks at its tables by itself, and SQLite plans without having looked.
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def _copies_of(model, minutes):
    fields = model._meta.local_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, minutes) for field in fields)
    table = model._meta.db_table
    return f"{_numbers()} INSERT INTO {table} ({names}) SELECT {values} FROM {table}, numbers"


def _numbers():
    if connection.vendor == "sqlite":
        return "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
    return "WITH numbers(n) AS (SELECT generate_series(1, %s))"


def _value(model, field, minutes):
    column = f'"{field.column}"'
    if field.primary_key or field.related_model in TABLES + LOG:
        return f"{column} + n * {STEP}"
    if isinstance(field, DateTimeField):
        if connection.vendor == "sqlite":
            return f"datetime({column}, (n - {minutes}) || ' minutes')"
        return f"{column} + (n - {minutes}) * interval '1 minute'"
    return _different(model).get(field.column, column)


def _different(model):
    """What has to differ from copy to copy, beside keys and times. An actor's key, "participant.7", names its row."""
    own = {column: f"CASE {column} WHEN '' THEN '' ELSE substr({column}, 1, 20) || n END" for column in DRAWN}
    # Spread, as what is drawn is.
    own["number"] = "CAST(100000000 + (CAST(n AS bigint) * 777777773) %% 900000000 AS varchar(9))"
    own["actor_key"] = f"CASE WHEN actor_key LIKE 'participant.%%' THEN {NAMED} ELSE actor_key END"
    own["folded_name"] = "folded_name || ' ' || (CAST(n AS bigint) * 77773) %% 100003"
    if model is EventStream:
        own["name"] = "substr(name, 1, 28) || n"
    return own
