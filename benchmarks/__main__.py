"""`python -m benchmarks [F1 F2 …] [--rounds 5] [--seconds 3] [--quick]`: prints figures and ratios, in one run."""

import argparse
import sys
import tempfile
import traceback
from pathlib import Path

from benchmarks import machine
from benchmarks.contenders import Folders
from benchmarks.installed import bench_folder
from benchmarks.measures import MEASURES
from benchmarks.results import Results


class Run:
    """What a measure needs to know of this run."""

    def __init__(self, arguments, folder):
        self.rounds = 2 if arguments.quick else arguments.rounds
        self.seconds = 1 if arguments.quick else arguments.seconds
        self.is_quick = arguments.quick
        self.folders = Folders(folder)
        self.results = Results()

    def sizes(self, small, large):
        return [small] if self.is_quick else [small, large]

    def note(self, what):
        sys.stderr.write(f"  {what}\n")


def main():
    arguments = parse()
    machine.settle_in()
    with tempfile.TemporaryDirectory(dir=bench_folder()) as folder:
        run = Run(arguments, Path(folder))
        failed = [name for name in arguments.measures or MEASURES if not measure(name, run)]
    sys.stdout.write(f"{run.results}\n")
    return 1 if failed or run.results.missed else 0


def measure(name, run):
    """True if it came to an end; what others have found is shown in any case."""
    sys.stderr.write(f"{name}: {MEASURES[name].__doc__}  (load {machine.busy():.1f})\n")
    try:
        MEASURES[name](run)
    except Exception:
        traceback.print_exc()
        return False
    return True


def parse():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []], metavar="measure", help=", ".join(MEASURES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3, help="of each contender in each round")
    parser.add_argument("--quick", action="store_true", help="two rounds of a second, small sizes: does it run at all?")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
