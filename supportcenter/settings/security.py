"""Who may talk to us, and what pages may ask the browser for."""

from csp.constants import NONE, SELF

from supportcenter.environment import WrongSetting, address_in
from supportcenter.mounting import cookie_name
from supportcenter.secret_key import former_keys, given_or_own
from supportcenter.settings.places import COOKIE_PREFIX, DATA_DIR, MOUNT, SITE, SITE_ORIGIN, env

# Characters.
LEAST_LINK_KEY = 32

SECRET_KEY = given_or_own(env.text("SECRET_KEY", ""), DATA_DIR / "secret_key")
# Former keys: what was made with them goes on working until they are given up (docs/operations.md).
SECRET_KEY_FALLBACKS = former_keys(env.names("SECRET_KEY_FALLBACKS", []), DATA_DIR / "secret_key")
DEBUG = env.flag("DEBUG", False)
# Pages only developers should see: the mail that the embedded default writes to files.
DEVELOPER_PAGES = env.flag("DEVELOPER_PAGES", False)
ALLOWED_HOSTS = [*env.names("ALLOWED_HOSTS", []), SITE.hostname, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN, *env.names("TRUSTED_ORIGINS", [])]
for origin in CSRF_TRUSTED_ORIGINS:
    address_in("TRUSTED_ORIGINS", origin, ("https", "http"))
# What other systems sign links with, so that the site trusts their values; several, to exchange one for another.
LINK_SIGNING_KEYS = env.names("LINK_SIGNING_KEY", [])
if any(len(key) < LEAST_LINK_KEY for key in LINK_SIGNING_KEYS):
    raise WrongSetting("LINK_SIGNING_KEY", f"needs {LEAST_LINK_KEY} characters or more that nobody can guess.")
# How many proxies of yours stand in front: 0 takes the peer's address, 1 the last entry of X-Forwarded-For.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, least=0, most=10)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SITE = SITE.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
CSRF_FAILURE_VIEW = "supportcenter.refusals.csrf.csrf_failure"
SESSION_COOKIE_NAME = COOKIE_PREFIX + cookie_name("sessionid", MOUNT)
CSRF_COOKIE_NAME = COOKIE_PREFIX + cookie_name("csrftoken", MOUNT)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
# Of `check --deploy`, what is decided otherwise, or elsewhere:
SILENCED_SYSTEM_CHECKS = [
    # Hosts below that of SITE_URL are not this site's to bind, and the list that browsers come with is for years.
    "security.W005",
    "security.W021",
    # The proxy leads from http to https; a prober on this machine is not sent away.
    "security.W008",
    # secret_key.py asks for 32 characters, of which ten differ, and the site does not start with less.
    "security.W009",
]
SECURE_REFERRER_POLICY = "same-origin"
# The icon tray falls back to a popup of ours, which "same-origin" would cut off from its opener.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# What pages may ask the browser for: calls, screens, the tray, full-screen video and passkeys, and nothing else.
PERMISSIONS_POLICY = {
    **dict.fromkeys(
        (
            "autoplay", "camera", "clipboard-read", "clipboard-write", "display-capture", "fullscreen", "microphone",
            "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get",
        ),
        "self",
    ),
    **dict.fromkeys(
        (
            "accelerometer", "browsing-topics", "geolocation", "gyroscope", "hid",
            "idle-detection", "local-fonts", "magnetometer", "midi", "payment",
            "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
        ),
        "",
    ),
}  # fmt: skip
