"""A site process with the stage's pages, sockets and jobs, and the test's side of their signs."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.site_process import SiteProcess


class StageProcess(SiteProcess):
    def __init__(self, data_dir, *options, **environment):
        super().__init__(data_dir, *options, DJANGO_SETTINGS_MODULE="tests.stage.settings", **environment)

    def signs(self, name):
        """How often this sign was given."""
        file = self.data_dir / "signs" / name
        return len(file.read_text().split()) if file.exists() else 0

    def give_sign(self, name):
        (self.data_dir / "signs" / name).write_text("!\n")

    def get(self, path, headers=None):
        with urlopen(Request(self.url + path, headers=headers or {}), timeout=30) as answer:
            return answer.read()

    def run_later(self, kind, **payload):
        """As the site itself does it."""
        self.get("/later/?" + urlencode({"kind": kind, "payload": json.dumps(payload)}))

    def insert_job(self, kind, **payload):
        """From outside: nobody is woken."""
        due = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        sql = "INSERT INTO jobs_job (kind, payload, slow, due, attempts, error) VALUES (?, ?, 0, ?, 0, '')"
        self.ask_database(sql, kind, json.dumps(payload), due)

    @property
    def jobs_left(self):
        return self.ask_database("SELECT count(*) FROM jobs_job WHERE recurring IS NULL")[0][0]

    @property
    def people(self):
        return self.ask_database("SELECT count(*) FROM accounts_user")[0][0]

    def ask_database(self, sql, *parameters):
        file = self.data_dir / "support.sqlite3"
        with closing(sqlite3.connect(file, isolation_level=None, timeout=20)) as database:
            return database.execute(sql, parameters).fetchall()
