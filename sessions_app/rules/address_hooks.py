"""Which addresses of customers are more than merely typed (E67). Other apps register; this one knows none of them."""

from collections.abc import Callable, Iterable

from sessions_app.models import Participant

# Returns addresses by the participants' keys.
Source = Callable[[list[Participant]], dict[int, str]]

_sources: list[Source] = []


def register_addresses(source: Source) -> None:
    """Have `source(customers)` asked for those whose address it bears out."""
    _sources.append(source)


def confirmed_addresses(customers: Iterable[Participant]) -> dict[int, str]:
    """By the customers' keys: what a signed link has vouched for, or a source bears out.

    What was merely typed is not among them, for it may be a stranger's.
    """
    asked = list(customers)
    known: dict[int, str] = {}
    for source in _sources if asked else ():
        known |= source(asked)
    return known | {one.pk: one.email for one in asked if one.email and "email" in one.confirmed}
