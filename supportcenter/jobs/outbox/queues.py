"""Two lanes of later work, so that a slow mail server or a long recording keeps no deadline waiting."""

# Kinds whose handlers wait for others or work for long: mail, media, scans. `handler(…, slow=True)` adds to it.
slow_kinds: set[str] = set()
