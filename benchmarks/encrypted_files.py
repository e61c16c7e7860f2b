"""Kept files that are encrypted beside plain ones: read whole, and in the ranges that players ask for. One table.

    python -m benchmarks.encrypted_files [--mebibytes 200] [--ranges 200]

Both kinds are read by turns in one process, through the response that a download gets, so the ratio says what
encryption costs; the disk's cache is warm. Writes to a folder of its own.
"""

import argparse
import os
import random
import tempfile
import time
from pathlib import Path
from statistics import median

MEBIBYTE = 1024 * 1024
ROUNDS = 5
# Bytes of a range: about what a player reads at a time.
RANGE = 256 * 1024
KEY = bytes(range(32))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--mebibytes", type=int, default=200)
    options.add_argument("--ranges", type=int, default=200)
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), chosen.mebibytes * MEBIBYTE, chosen.ranges)


def compare(folder, size, ranges):
    """Prints the table, and returns the ratios: of whole files, and of ranges."""
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=folder / "media", PARTS_DIR=folder / "parts", FILES_KEYS=[KEY]):
        plain, sealed = _kept(folder, size)
        places = [f"bytes={start}-{start + RANGE - 1}" for start in random.Random(1).choices(range(size), k=ranges)]
        print("| what | plain MiB/s | encrypted MiB/s | ratio of the times |")
        print("| --- | --- | --- | --- |")
        return _row("whole file", plain, sealed, [""]), _row("ranges of 256 KiB", plain, sealed, places)


def _kept(folder, size):
    from django.core.files import File

    from supportcenter.files_keys import key_of
    from supportcenter.sealed_files.storages import sealed, site_files

    path = folder / "whole"
    with path.open("wb") as whole:
        for _ in range(0, size, MEBIBYTE):
            whole.write(os.urandom(min(MEBIBYTE, size)))
    with path.open("rb") as whole:
        plain = site_files().save_as_kept("plain", File(whole))
        return plain, site_files().save_as_kept("sealed", sealed(File(whole), "sealed", key_of(KEY)))


def _row(what, plain, encrypted, ranges):
    times = {plain: [], encrypted: []}
    for _ in range(ROUNDS):
        for name in times:
            began = time.perf_counter()
            read = sum(_read(name, each) for each in ranges)
            times[name].append(time.perf_counter() - began)
    one, other = (median(times[name]) for name in (plain, encrypted))
    print(f"| {what} | {read / MEBIBYTE / one:.0f} | {read / MEBIBYTE / other:.0f} | {other / one:.1f} |", flush=True)
    return other / one


def _read(name, wanted):
    """How many bytes the response has."""
    from django.core.files.storage import default_storage
    from django.test import RequestFactory

    from sessions_app.storage.ranges import file_response

    file = default_storage.open(name)
    request = RequestFactory().get("/film", headers={"range": wanted} if wanted else {})
    response = file_response(request, file, size=file.size, content_type="video/webm", etag='"1"')
    try:
        return sum(len(piece) for piece in response.streaming_content)
    finally:
        file.close()


if __name__ == "__main__":
    main()
