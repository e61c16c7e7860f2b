"""Make a backup while the site runs.

First the rows of one moment, and at that moment hold on to the uploads that they name; then the files that they name. A
file is stored before its row says so, so every file is there, unless retention or an erasure has deleted it meanwhile:
that is noted. Files that are newer than the moment are left out, as their rows are.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.apps.registry import Apps
from django.db import models

from supportcenter.backups.archive import FACTS, FORMER_KEYS, IN_MEMORY, KEY, Writer
from supportcenter.backups.database import apps_as_migrated, last_keys, one_moment
from supportcenter.backups.facts import KEPT, facts_of_site, former_keys_file, key_file
from supportcenter.backups.names import FileNames
from supportcenter.backups.rows import chunks_of, fields_of, models_with_rows
from supportcenter.backups.uploads import Held, hold, room_for_uploads
from supportcenter.schema import refuse_newer_database
from supportcenter.sealed_files.storages import site_files

# An upload that was done in the moment between the rows and holding on to it: then another moment is taken.
MOST_MOMENTS = 5

Say = Callable[[str], None]


def make_backup(output: IO[bytes], say: Say) -> list[str]:
    """Write the whole archive; returns the names of files that rows name and that are not there any more."""
    refuse_newer_database()
    apps = apps_as_migrated()
    archive = Writer(output)
    with FileNames(IN_MEMORY) as files, room_for_uploads() as room:
        with moment_with_its_uploads(apps, room) as held:
            facts = facts_of_site(last_keys(apps))
            archive.add(FACTS, facts.as_json())
            if facts.key == KEPT:
                archive.add(KEY, key_file().read_bytes())
                if former_keys_file().is_file():
                    archive.add(FORMER_KEYS, former_keys_file().read_bytes())
            for model in models_with_rows(apps):
                _add_rows(archive, model, files, say)
        _add_uploads(archive, held, say)
        _add_files(archive, files, say)
    archive.close()
    return archive.missing


@contextmanager
def moment_with_its_uploads(apps: Apps, room: Path) -> Iterator[Held]:
    for _ in range(MOST_MOMENTS - 1):
        with one_moment():
            held = hold(apps, room)
            if not held.missing:
                yield held
                return
    with one_moment():
        yield hold(apps, room)


def _add_rows(archive: Writer, model: type[models.Model], files: FileNames, say: Say) -> None:
    fields = fields_of(model)
    places = [place for place, field in enumerate(fields) if isinstance(field, models.FileField)]
    for number, (rows, lines) in enumerate(chunks_of(model)):
        name = f"rows/{model._meta.label_lower}/{number:06}.jsonl"
        archive.add(name, lines)
        say(name)
        for place in places:
            files.add(row[place] for row in rows if row[place])


def _add_uploads(archive: Writer, held: Held, say: Say) -> None:
    for upload in held.uploads:
        with (held.folder / upload.name).open("rb") as file:
            archive.add_file(f"parts/{upload.name}", file, upload.size)
        say(f"parts/{upload.name}")
    archive.missing += [f"parts/{name}" for name in held.missing]


def _add_files(archive: Writer, files: FileNames, say: Say) -> None:
    for name in files:
        member = f"media/{name}"
        try:
            # An encrypted one as it lies there.
            file = site_files().open_as_kept(name)
        except FileNotFoundError:
            archive.missing.append(member)
            continue
        with file:
            archive.add_file(member, file, file.size)
        say(member)
