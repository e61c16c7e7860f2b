"""Reports by mail: who gets which, how often and when. Apps above say which reports there are (`reports.py`)."""
