"""What invitations do about the news of sessions."""

from invitations.actions import erase  # noqa: F401 - it registers itself as a keeper of traces
