"""What a run of `make test` left out or passed late, said at its end: `python -m tests.left_out clear | tell`.

On a machine without some program or server its tests are skipped (in CI they fail). A browser test that fails is tried
once more, alone: what passes only then is named, since it may have found something. The several pytest processes of
one `make test` each add to one file, named by LEFT_OUT.
"""

import os
import sys
from collections import Counter
from pathlib import Path


def note(reason):
    _add(f"Not tested here: {reason.removeprefix('Skipped: ')}")


def note_late_success(tests):
    for test in tests:
        _add(f"Failed at first, passed alone: {test}")


def _add(line):
    if path := os.environ.get("LEFT_OUT"):
        with Path(path).open("a") as file:
            file.write(f"{line}\n")


def tell(path):
    lines = Counter(path.read_text().splitlines() if path.exists() else ())
    for line, count in sorted(lines.items()):
        sys.stdout.write(f"*** {line}{f' ({count}x)' if count > 1 else ''} ***\n")


def main(what):
    path = Path(os.environ["LEFT_OUT"])
    if what == "clear":
        path.unlink(missing_ok=True)
    else:
        tell(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
