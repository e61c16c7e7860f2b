"""Benchmarks are not run here, but each of them starts: nothing it needs has moved away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("module", ["benchmarks", "benchmarks.media", "benchmarks.files", "benchmarks.recording"])
def test_benchmark_starts(module):
    # As from a shell, without what this process has set.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert told.stdout.startswith("usage:")
