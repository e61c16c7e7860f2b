"""What invitations do when something happens in a session."""

from invitations.actions.erase import erase_address
from invitations.queries.addresses import invited_addresses
from sessions_app.rules.address_hooks import register_addresses
from sessions_app.rules.erasure_hooks import register_eraser

register_eraser(erase_address)
register_addresses(invited_addresses)
