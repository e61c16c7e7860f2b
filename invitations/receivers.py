"""What invitations do when something happens in a session."""

from invitations.actions import erase  # noqa: F401 - it registers itself as a keeper of traces
