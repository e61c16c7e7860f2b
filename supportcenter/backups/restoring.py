"""Restore a backup into an empty site.

Everything is looked through before anything is changed. Rows and tables are one transaction of the database, which is
committed last: whatever breaks off before leaves an empty site, in which the next restore begins again.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from supportcenter.backups.archive import BLOCK, FORMER_KEYS, KEY, Member, members
from supportcenter.backups.database import (
    all_or_nothing,
    delete_rows,
    drop_tables,
    our_tables,
    set_last_keys,
    tables_there,
)
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.facts import former_keys_file, key_file
from supportcenter.backups.jobs import hold_mail, let_go
from supportcenter.backups.refusing import UNDER_WAY, recorded_nodes
from supportcenter.backups.rows import insert
from supportcenter.backups.verifying import Verified
from supportcenter.sealed_files.storages import site_files

Say = Callable[[str], None]


class Restored(NamedTuple):
    rows: int
    files: int
    mail_held: int


def restore_backup(file: IO[bytes], backup: Verified, say: Say, *, keep_key: bool, send_mail: bool) -> Restored:
    """Put it in place. The caller has verified it and holds the site; raises NoBackup, and then it is still empty."""
    mark = Path(settings.DATA_DIR) / UNDER_WAY
    mark.touch(mode=0o600)
    with all_or_nothing():
        apps = tables_as_they_were(backup)
        rows, files = _put_in_place(file, apps, say)
        set_last_keys(apps, backup.facts.last_keys)
        connection.check_constraints()
        say("migrating to this release")
        ContentType.objects.clear_cache()
        call_command("migrate", interactive=False, verbosity=0)
        let_go()
        held = 0 if send_mail else hold_mail(backup.facts.made_at)
        if not keep_key:
            _put_key(file)
    mark.unlink()
    return Restored(rows, files, held)


def tables_as_they_were(backup: Verified) -> Apps:
    """Make the tables again, by the migrations that the backup's database had seen, and without any row."""
    drop_tables(our_tables(current_apps) & tables_there())
    executor = MigrationExecutor(connection)
    nodes = recorded_nodes(executor.loader, backup.facts)
    executor.migrate(nodes)
    apps = executor.loader.project_state(nodes).apps
    delete_rows(apps)
    # On PostgreSQL, migrations leave some references to be checked at once.
    connection.check_constraints()
    return apps


def _put_in_place(file: IO[bytes], apps: Apps, say: Say) -> tuple[int, int]:
    rows = files = 0
    with members(file) as each:
        for member in each:
            say(member.name)
            match member.folder:
                case "rows":
                    rows += _insert(apps, member)
                case "parts":
                    _put_upload(member)
                case "media":
                    _put_file(member)
                    files += 1
    return rows, files


def _insert(apps: Apps, member: Member) -> int:
    try:
        return insert(apps, iter(member.content))
    except DatabaseError as refused:
        raise NoBackup(f"{connection.display_name} does not take {member.name}: {refused}") from refused


def _put_file(member: Member) -> None:
    """Under its own name: one that is there already was left by a restore that broke off."""
    default_storage.delete(member.rest)
    # Object storage goes back and forth in what it uploads, which a stream cannot.
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(member.content, whole, BLOCK)
        name = site_files().save_as_kept(member.rest, File(whole, name=member.rest))
    if name != member.rest:
        raise NoBackup(f"The storage keeps {member.rest} under another name, {name}: empty it.")


def _put_upload(member: Member) -> None:
    target = Path(settings.PARTS_DIR) / member.rest
    target.parent.mkdir(parents=True, exist_ok=True)
    with _replaced(target) as draft:
        while block := member.content.read(BLOCK):
            draft.write(block)


def _put_key(file: IO[bytes]) -> None:
    with members(file) as each:
        kept = {member.name: member.content.read() for member in each if member.name in (KEY, FORMER_KEYS)}
    former_keys_file().unlink(missing_ok=True)
    for name, target in ((FORMER_KEYS, former_keys_file()), (KEY, key_file())):
        if name in kept:
            with _replaced(target) as draft:
                draft.write(kept[name])


@contextmanager
def _replaced(target: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its final name, and put it there when it is whole."""
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
            yield output
            output.flush()
            os.fsync(output.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
