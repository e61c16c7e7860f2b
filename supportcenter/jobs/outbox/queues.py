"""There are two queues of jobs, so that a slow mail server or a long recording delays no deadline."""

# The kinds of the slow queue, whose handlers wait for others or run for long: mail, media, virus scans.
# `handler(…, slow=True)` adds to it.
slow_kinds: set[str] = set()
# The kinds that reach people outside, who would notice that it was done twice. `handler(…, outward=True)` adds to it.
outward_kinds: set[str] = set()
