from typing import Protocol


class Actor(Protocol):
    """Who acts: a user, a participant, a waiting customer.

    The log stands beneath the apps that have people in them, so an event keeps a key and a name rather than a row.
    """

    @property
    def event_key(self) -> str:
        """`user.4`, `participant.88`: the same person in every event of a stream."""

    @property
    def display_name(self) -> str:
        """The name that others read, as it was when the person acted."""
