"""Docker's health checks: ends with 0 if what listens on this container's port (the argument) answers /readyz."""

import sys
import urllib.request

with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/readyz", timeout=4) as answer:
    sys.exit(answer.status != 200)
