"""What happened, in a log, and who hears it: every page that follows."""

from datetime import timedelta

# Seconds between two stamps of the pages that are connected.
HEARTBEAT = 15
# Three missed stamps mean that a process has died with its pages.
SILENCE = timedelta(seconds=3 * HEARTBEAT)
