"""What serves, what carries media between browsers, and what files go through."""

from django.utils.translation import gettext_lazy as _

from supportcenter.settings_reference.entry import Entry, Group

PROCESSES = Group(
    "processes",
    _("One process, a few threads"),
    (
        Entry(
            "HTTP_THREADS",
            _(
                "How many requests are answered at the same time; each thread keeps a database connection. Two more "
                "are for reports, records and Django admin."
            ),
        ),
        Entry(
            "HTTP_BODY_LIMIT",
            _("The largest piece of an upload, in bytes. All other requests may have 256 KiB."),
        ),
        Entry(
            "SOCKET_BYTE_BUDGET",
            _(
                "How many bytes may wait for a page that does not read. Above that, the page is cut off and resumes "
                "from the log."
            ),
        ),
        Entry("SOCKET_DB_THREADS", _("Database connections for the sockets.")),
        Entry(
            "JOBS_RUNNER",
            _(
                "What runs jobs. `embedded`: two threads of `serve`. `celery`: `celery -A supportcenter worker` and "
                "`celery -A supportcenter beat`; it is refused without a `REDIS_URL`."
            ),
            _("`celery` with `REDIS_URL`, else `embedded`"),
            ("embedded",),
        ),
        Entry(
            "HEALTH_PORT",
            _(
                "A Celery worker and beat answer `/livez` and `/readyz` on `127.0.0.1` at this port, each of its own; "
                "`0`: they do not. `serve` answers both on `PORT`."
            ),
            see="docs/operations.md",
        ),
    ),
    topics=("scale", "monitoring"),
)
MEDIA = Group(
    "media",
    _("Media between browsers"),
    (
        Entry(
            "TURN_SECRET",
            _(
                "Shared with the relay (`static-auth-secret` of coturn); this alone is enough for the relay of "
                "`deploy/coturn`: 32 random characters or more, as `openssl rand -hex 32` makes them. Without a relay, "
                "two people behind strict networks cannot reach each other."
            ),
        ),
        Entry(
            "TURN_HOST",
            _("The relay’s name, if it is another than that of `SITE_URL`; its certificate has to be for this name."),
            _("the host of `SITE_URL`"),
            ("relay.example.org",),
        ),
        Entry(
            "TURN_URLS",
            _("The addresses of the relay."),
            _("those of `TURN_HOST` by UDP and TCP (port 3478) and by TLS (port 5349), if there is a `TURN_SECRET`"),
            ("turn:relay.example.org:3478?transport=udp,turn:relay.example.org:3478?transport=tcp",),
        ),
        Entry(
            "STUN_URLS",
            _("The addresses of another STUN server than the relay."),
            _("none; browsers ask the relay, which answers STUN as well"),
            ("stun:stun.example.org:3478",),
        ),
        Entry(
            "TURN_TTL",
            _(
                "For how many seconds a credential for the relay is valid: pages renew it, those of people who were "
                "removed cannot."
            ),
        ),
        Entry(
            "MEDIA_RELAY_ONLY",
            _("Sends everything through the relay, so that neither side learns the other’s address."),
        ),
    ),
    topics=("relay",),
    see="docs/media.md",
)
FILES = Group(
    "files-and-recordings",
    _("Files and recordings"),
    (
        Entry(
            "FFMPEG",
            _(
                "The program, by name or path, that makes recordings seekable. Without it they are kept as the browser "
                "sent them."
            ),
        ),
        Entry(
            "CLAMD_URL",
            _("A virus scanner that speaks clamd’s protocol; files then go through the server."),
            examples=("tcp://127.0.0.1:3310", "unix:///run/clamav/clamd.ctl"),
        ),
    ),
)
