"""SQLite with one writer at a time in this process.

SQLite's own waiters sleep in growing steps, so fifty writers finish five times later than they need to, and not in
order. Transactions are IMMEDIATE here, that is, each is a writer: they queue at a lock of the process instead. Other
processes still meet SQLite's lock, with its timeout.
"""

import threading

from django.db import OperationalError
from django.db.backends.sqlite3 import base

# Seconds; SQLite's own patience, see OPTIONS["timeout"] in the settings.
PATIENCE = 20

_writers: dict[str, threading.RLock] = {}
_writers_guard = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._holds_writer_lock = False

    def _start_transaction_under_autocommit(self):
        if not self._writer_lock().acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        self._holds_writer_lock = True
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
            return _writers.setdefault(str(self.settings_dict["NAME"]), threading.RLock())

    def _release_writer_lock(self):
        if self._holds_writer_lock:
            self._holds_writer_lock = False
            self._writer_lock().release()
