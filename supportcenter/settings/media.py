"""Media between browsers."""

from supportcenter.settings.places import env

# Without TURN two people behind strict networks do not reach each other: docs/media.md.
STUN_URLS: list[str] = env.names("STUN_URLS", [])
TURN_URLS: list[str] = env.names("TURN_URLS", [])
TURN_SECRET = env.text("TURN_SECRET", "")
# Seconds a participant's relay credential is good for.
TURN_TTL = env.number("TURN_TTL", 600, least=60)
# Everything through the relay, so that neither side learns the other's address.
MEDIA_RELAY_ONLY = env.flag("MEDIA_RELAY_ONLY", False)
