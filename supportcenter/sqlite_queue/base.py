"""SQLite with one writer at a time in this process.

SQLite's own waiters sleep in growing steps, so fifty writers finish five times later than they need to, and not in
order. Transactions are IMMEDIATE here, that is, each is a writer: they queue at a lock of the process instead
(`turns.py`), and so does a statement that writes outside of any transaction. Other processes still meet SQLite's lock,
with its timeout.
"""

import threading
from contextlib import contextmanager

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from supportcenter.sqlite_queue.turns import Turns

# Seconds; SQLite's own patience, see OPTIONS["timeout"] in the settings.
PATIENCE = 20

# How a statement begins that writes.
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

_writers: dict[str, Turns] = {}
_writers_guard = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._holds_writer_lock = False

    def create_cursor(self, name=None):
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def turn_to_write(self, sql):
        """The lock for a statement that is a transaction of its own, if it writes."""
        if self._holds_writer_lock or not self.get_autocommit() or not sql.lstrip()[:7].upper().startswith(WRITES):
            yield
            return
        self._acquire_writer_lock()
        try:
            yield
        finally:
            self._release_writer_lock()

    def _acquire_writer_lock(self):
        if not self._writer_lock().acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        self._holds_writer_lock = True

    def _start_transaction_under_autocommit(self):
        self._acquire_writer_lock()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._release_writer_lock()
            raise

    def _commit(self):
        try:
            super()._commit()
        finally:
            if not self.in_atomic_block:
                self._release_writer_lock()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            if not self.in_atomic_block:
                self._release_writer_lock()

    def _close(self):
        try:
            super()._close()
        finally:
            self._release_writer_lock()

    def _writer_lock(self):
        with _writers_guard:
            return _writers.setdefault(str(self.settings_dict["NAME"]), Turns())

    def _release_writer_lock(self):
        if self._holds_writer_lock:
            self._holds_writer_lock = False
            self._writer_lock().release()


class Cursor(base.SQLiteCursorWrapper):
    """Django's own, which takes its turn."""

    wrapper: DatabaseWrapper

    def execute(self, query, params=None):
        with self.wrapper.turn_to_write(query):
            return super().execute(query, params)

    def executemany(self, query, param_list):
        with self.wrapper.turn_to_write(query):
            return super().executemany(query, param_list)
