"""Makes the pictures, both languages beside each other: `python -m tests.browser.help_pictures [NAME …]`."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.ending import end_chromium, end_session, mark
from tests.browser.help_pictures.album import LANGUAGES, SCENES, write
from tests.browser.help_pictures.demo import site_of
from tests.browser.help_pictures.studio import PATIENCE, Studio
from tests.browser.media.flags import FLAGS, TAB
from tests.browser.site import Site, find_chromium

# Seconds for one language, on a busy machine.
LONGEST = 600


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--language", choices=LANGUAGES)
    options.add_argument("names", nargs="*", metavar="NAME")
    asked = options.parse_args()
    if unknown := set(asked.names) - {name for names in SCENES.values() for name in names}:
        options.error(f"there is no picture of this name: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory() as folder:
        if not (prepared := os.environ.get("FOLDER_WITH_PEOPLE")):
            os.environ["FOLDER_WITH_PEOPLE"] = prepared = folder
            Site(folder).prepare()
        if asked.language:
            return make(asked.language, prepared, asked.names)
        program = [sys.executable, "-m", __package__]
        commands = [[*program, "--language", language, *asked.names] for language in LANGUAGES]
        runs = [subprocess.Popen(command, start_new_session=True) for command in commands]
        return max([code_of(run) for run in runs])


def code_of(run):
    """What it ends with; one that takes too long is ended with all it has started."""
    try:
        return run.wait(LONGEST)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"ended after {LONGEST} seconds\n")
        return 1
    finally:
        end_session(run.pid)
        end_chromium(run.pid)
        run.wait()


def make(language, prepared, wanted):
    scenes = [scene for scene, names in SCENES.items() if not wanted or set(names) & set(wanted)]
    expect.set_options(timeout=PATIENCE)
    failed = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = site_of(language, prepared, Path(folder) / "data")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, TAB, mark(os.getpid())])
        studio = Studio(site, browser, language, wanted=wanted)
        with site:
            for scene in scenes:
                began = time.monotonic()
                try:
                    with studio.scene():
                        scene(studio)
                except (AssertionError, Error) as fault:
                    # The others are made all the same.
                    failed.append(f"{language} {scene.__name__}: {str(fault)[:700]}\n")
                sys.stdout.write(f"{language} {scene.__name__}: {time.monotonic() - began:.0f} s\n")
                sys.stdout.flush()
        browser.close()
    write(language, studio.pictures)
    sys.stderr.write("".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
