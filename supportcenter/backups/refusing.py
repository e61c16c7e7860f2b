"""Into which site a backup may not be restored: said in one sentence, before anything is changed."""

import os
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.storage.base import Storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from supportcenter.backups.database import our_tables, refuse_others_connected, tables_there
from supportcenter.backups.errors import NoBackup
from supportcenter.backups.facts import KEPT, Facts, fingerprint, key_is_kept
from supportcenter.backups.uploads import LOCK
from supportcenter.backups.verifying import Verified
from supportcenter.disks import MEBIBYTE, disk_of
from supportcenter.files_keys import key_marked
from supportcenter.site_keys import secret_keys
from supportcenter.version import VERSION

# In DATA_DIR while a restore is under way, and afterwards if it broke off: then files are there that no row names.
UNDER_WAY = "restore-under-way"

# What nobody has who has not used the site.
USED = ("accounts.User", "sessions_app.SupportSession")

Node = tuple[str, str]


def refuse_unfit(backup: Verified, *, without_key: bool, without_files_key: bool) -> None:
    """Raises NoBackup."""
    recorded_nodes(MigrationLoader(None), backup.facts)
    refuse_other_key(backup, without_key=without_key)
    refuse_lost_files(backup, without_files_key=without_files_key)
    refuse_others_connected()
    refuse_used_database()
    refuse_used_storage()
    refuse_full_disk(backup)


def recorded_nodes(loader: MigrationLoader, facts: Facts) -> list[Node]:
    """The migrations that the backup's database had seen last, as this release has them. Raises NoBackup."""
    recorded = set(facts.migrations)
    there = {node for node in recorded if node in loader.graph.nodes}
    squashed = {
        node: set(migration.replaces)
        for node, migration in loader.disk_migrations.items()
        if migration.replaces and node in loader.graph.nodes and recorded.issuperset(migration.replaces)
    }
    unknown = recorded - there - set().union(*squashed.values())
    if unknown:
        names = ", ".join(f"{app}.{name}" for app, name in sorted(unknown)[:3])
        raise NoBackup(
            f"The backup was made by release {facts.version}, whose database has migrations that this one ({VERSION}) "
            f"does not know ({names}): restore it with release {facts.version}."
        )
    return _last_ones(loader, there | squashed.keys())


def _last_ones(loader: MigrationLoader, nodes: set[Node]) -> list[Node]:
    """Those that no other of the same app follows: they stand for all."""
    followed = {
        parent.key for node in nodes for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]
    }
    return sorted(nodes - followed)


def refuse_other_key(backup: Verified, *, without_key: bool) -> None:
    if without_key or takes_key(backup) or backup.facts.site in map(fingerprint, secret_keys()):
        return
    wrong = "SECRET_KEY is not set, and not in the backup" if key_is_kept() else "SECRET_KEY is another one"
    raise NoBackup(
        f"{wrong}: the seats, invitations and links of {backup.facts.site_url} need the one that was set there. Set "
        "it, or give them up with --without-key."
    )


def refuse_lost_files(backup: Verified, *, without_files_key: bool) -> None:
    lost = {mark: count for mark, count in backup.marks.items() if key_marked(mark) is None}
    if lost and not without_files_key:
        raise NoBackup(
            f"{sum(lost.values()):,} files of the backup are encrypted with a key that FILES_KEY does not have "
            f"({', '.join(mark.hex() for mark in sorted(lost))}), and that no backup has: set it, or restore with "
            "--without-files-key, and then nobody can open them."
        )


def takes_key(backup: Verified) -> bool:
    """The backup has a key, and the environment gives no other."""
    return backup.facts.key == KEPT and bool(backup.members["keys"]) and key_is_kept()


def refuse_used_database() -> None:
    there = tables_there()
    if foreign := sorted(there - our_tables(apps)):
        raise NoBackup(f"The database has tables of something else ({', '.join(foreign[:3])}): name an empty one.")
    for label in USED:
        model = apps.get_model(label)
        if model._meta.db_table in there and _has_rows(model._meta.db_table):
            raise NoBackup(
                f"This site has data of its own ({model._meta.verbose_name_plural}), and a backup is restored into an "
                f"empty one: {_how_to_empty()}"
            )


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - our own table
        return cursor.fetchone() is not None


def _how_to_empty() -> str:
    if connection.vendor == "sqlite":
        return f"move {connection.settings_dict['NAME']} and what begins like it away, or set another DATA_DIR."
    return "make an empty database, and name it in DATABASE_URL."


def refuse_used_storage() -> None:
    """Files without rows are those of another site, whose database this is not; unless a restore broke off."""
    if (Path(settings.DATA_DIR) / UNDER_WAY).exists():
        return
    if has_files(default_storage) or any({*names} - {LOCK} for _, _, names in os.walk(settings.PARTS_DIR)):
        raise NoBackup(
            "Files or recordings are stored here though the database is empty: is it the right one? If nobody needs "
            "them, move them away first (media and parts in DATA_DIR, or the bucket of STORAGE_URL)."
        )


def has_files(storage: Storage, folder: str = "") -> bool:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return False
    return bool(files) or any(has_files(storage, os.path.join(folder, each)) for each in folders)  # noqa: PTH118


def refuse_full_disk(backup: Verified) -> None:
    needed = {Path(settings.PARTS_DIR): backup.bytes["parts"]}
    if isinstance(default_storage, FileSystemStorage):
        needed[Path(default_storage.location)] = backup.bytes["media"]
    if connection.vendor == "sqlite":
        needed[Path(settings.DATA_DIR)] = 2 * backup.bytes["rows"]
    disks: dict[int, int] = {}
    for folder, size in needed.items():
        disk = disk_of(folder)
        disks[disk.device] = disks.get(disk.device, 0) + size
        if disk.free < disks[disk.device]:
            raise NoBackup(
                f"{folder} has too little room: {disk.free // MEBIBYTE} MiB are free, and "
                f"{disks[disk.device] // MEBIBYTE} MiB are needed."
            )
