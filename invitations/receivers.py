"""What invitations do when something happens in a session."""

from invitations.actions.erase import erase_address
from sessions_app.rules.erasure_hooks import register_eraser

register_eraser(erase_address)
