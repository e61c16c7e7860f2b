"""There are two queues of jobs, so that a slow mail server or a long recording delays no deadline."""

# The kinds of the slow queue, whose handlers wait for others or run for long: mail, media, virus scans.
# `handler(…, slow=True)` adds to it.
slow_kinds: set[str] = set()
# Of these, what is worth nothing late, and short: `serve` has a thread for it beside the one that a recording may keep.
# `handler(…, urgent=True)` adds to it.
urgent_kinds: set[str] = set()
# The kinds that reach people outside, who would notice that it was done twice. `handler(…, outward=True)` adds to it.
outward_kinds: set[str] = set()
