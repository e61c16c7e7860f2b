"""What a site process leaves behind when it does not serve: nothing."""

import sys
from pathlib import Path

import pytest

from tests.site_process import SiteProcess, wait_until

# Ends at once, while a child of its own still has its output.
ENDS = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]).pid)
"""


def test_site_that_ends_instead_of_serving_takes_its_children_with_it(tmp_path):
    site = SiteProcess(tmp_path)
    site.program = [sys.executable, "-c", ENDS]
    with pytest.raises(AssertionError, match="ended instead of serving") as failed:
        site.start()
    assert failed.value.__notes__ == [site.output]
    child = Path("/proc") / site.output.strip()
    assert child.name.isdecimal()
    wait_until(lambda: not child.exists())
