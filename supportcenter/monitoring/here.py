"""What is true of this process at the moment it is asked: its sockets, its lanes, its event loop."""

import asyncio
from collections.abc import Mapping

from prometheus_client.core import GaugeMetricFamily, Metric

from supportcenter.live.delivery.hub import hub

# Seconds between two looks at the event loop.
LOOK_EVERY = 0.5


class LoopLag:
    """How late the event loop does what is due: the longest that it was kept since the last reading."""

    def __init__(self) -> None:
        self._worst = 0.0
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """On the event loop; again on another one, as in tests."""
        loop = asyncio.get_running_loop()
        if self._task is None or self._task.done() or self._task.get_loop() is not loop:
            self._task = loop.create_task(self._watch())

    def read(self) -> float:
        worst, self._worst = self._worst, 0.0
        return worst

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOK_EVERY
            await asyncio.sleep(LOOK_EVERY)
            self._worst = max(self._worst, loop.time() - due)


lag = LoopLag()


def gauges(lanes: Mapping[str, int]) -> list[Metric]:
    """On the event loop, whose things these are; `lanes`: how many requests wait in each."""
    sockets = GaugeMetricFamily("support_sockets_open", "Pages that follow a stream, by its kind.", labels=["kind"])
    for kind, number in hub.sockets_by_kind().items():
        sockets.add_metric([kind], number)
    waiting = GaugeMetricFamily("support_http_waiting", "Requests that wait for a thread.", labels=["lane"])
    for name, number in lanes.items():
        waiting.add_metric([name], number)
    words = "The longest that the event loop was kept since the page was last read."
    return [sockets, waiting, GaugeMetricFamily("support_event_loop_lag_seconds", words, value=lag.read())]
