"""Media between browsers."""

from supportcenter.relay_urls import relay_host, relay_only, stun_urls, turn_urls
from supportcenter.settings.places import SITE, env

# Browsers ask the relay itself what STUN would tell them; this names another server.
STUN_URLS = stun_urls(env.names("STUN_URLS", []))
# Without TURN two people behind strict networks do not reach each other: docs/media.md.
TURN_SECRET = env.text("TURN_SECRET", "")
TURN_HOST = relay_host(env.text("TURN_HOST", ""), SITE.hostname or "")
TURN_URLS = turn_urls(env.names("TURN_URLS", []), secret=TURN_SECRET, host=TURN_HOST)
# Seconds a participant's relay credential is good for.
TURN_TTL = env.number("TURN_TTL", 600, least=5)
# Everything through the relay, so that neither side learns the other's address.
MEDIA_RELAY_ONLY = relay_only(env.flag("MEDIA_RELAY_ONLY", False), TURN_URLS)
