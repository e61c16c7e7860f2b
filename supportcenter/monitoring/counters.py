"""What a process counts as it happens, by name: `metrics.count` says which."""

from functools import cache
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from supportcenter import metrics
from supportcenter.version import VERSION

# Seconds.
OF_A_REQUEST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
OF_A_WAIT = (5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600)


@cache
def registry() -> CollectorRegistry:
    """Ours alone: with the library's own, a second import of anything would fail."""
    made = CollectorRegistry()
    ProcessCollector(registry=made)
    PlatformCollector(registry=made)
    GCCollector(registry=made)
    Gauge("support_info", "The release that this process runs.", ["version"], registry=made).labels(VERSION).set(1)
    return made


@cache
def _counters() -> dict[str, Any]:
    def counter(name: str, words: str, *labels: str) -> Counter:
        return Counter(f"support_{name}", words, labels, registry=registry())

    def histogram(name: str, words: str, *labels: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"support_{name}", words, labels, buckets=buckets, registry=registry())

    return {
        "requests": counter("http_requests", "Requests that were answered.", "view", "method", "status"),
        "request_seconds": histogram(
            "http_request_seconds", "From the request's head to the end of its answer.", "view", buckets=OF_A_REQUEST
        ),
        "refusals": counter("refusals", "What people were refused, by its code.", "code"),
        "audit_entries_lost": counter("audit_entries_lost", "Entries of the audit log that the database did not take."),
        "socket_closes": counter("socket_closes", "Sockets that were closed, by their code.", "code"),
        "events_recorded": counter("events_recorded", "Events that this process recorded.", "type"),
        "events_delivered": counter("events_delivered", "Events sent to pages: live, or read from the log.", "way"),
        "resumes": counter("resumes", "Pages that were brought up to date from the log.", "because"),
        "offers": counter("offers", "What became of offers to agents.", "outcome"),
        "queue_wait_seconds": histogram(
            "queue_wait_seconds", "How long customers waited who were answered.", "queue", buckets=OF_A_WAIT
        ),
        "mail": counter("mail", "Messages handed to the mail server, or not taken by it.", "outcome"),
        "mail_events": counter("mail_events", "What the mail provider told about messages.", "outcome"),
        "jobs": counter("jobs", "Attempts of jobs that this process made.", "kind", "outcome"),
    }


def begin() -> None:
    """Count from here on, in this process."""
    # When each counter began: as many lines again, which nobody asks for.
    disable_created_metrics()
    metrics.give_to(_note)


def _note(name: str, amount: float, labels: dict[str, str]) -> None:
    each = _counters()[name]
    child = each.labels(**labels) if labels else each
    (child.observe if isinstance(each, Histogram) else child.inc)(amount)
