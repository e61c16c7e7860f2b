"""What a run of `make test` had to leave out, and why, said at its end: `python -m tests.left_out clear | tell`.

On a machine without some program or server its tests are skipped (in CI they fail). The several pytest processes of
one `make test` each add to one file, named by LEFT_OUT.
"""

import os
import sys
from collections import Counter
from pathlib import Path


def note(reason):
    if path := os.environ.get("LEFT_OUT"):
        with Path(path).open("a") as file:
            file.write(f"{reason.removeprefix('Skipped: ')}\n")


def tell(path):
    reasons = Counter(path.read_text().splitlines() if path.exists() else ())
    for reason, count in sorted(reasons.items()):
        sys.stdout.write(f"*** Not tested here, {count}x: {reason} ***\n")


def main(what):
    path = Path(os.environ["LEFT_OUT"])
    if what == "clear":
        path.unlink(missing_ok=True)
    else:
        tell(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
