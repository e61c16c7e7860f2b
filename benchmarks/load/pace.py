"""Somebody who does the same again and again at a steady pace, as people do, and is kept waiting or not."""

import time


def at_a_pace(do, *, seconds, rate):
    """How long each waited, in milliseconds; `do` returns the moment at which it was done.

    Each counts from when it was due, not from when the last had been waited for: who is kept waiting for ten seconds
    was not kept waiting once only. What is not begun after twice the time is given up, and has waited until then.
    """
    waits, began = [], time.perf_counter()
    for number in range(int(seconds * rate)):
        due = began + number / rate
        now = time.perf_counter()
        time.sleep(max(0, due - now))
        done = do() if now < began + 2 * seconds else now
        waits.append((done - due) * 1000)
    return waits


def at_most(waits, share):
    """How long that share of them waited at most."""
    return sorted(waits)[min(int(len(waits) * share), len(waits) - 1)]
