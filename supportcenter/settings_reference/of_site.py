"""Where the site is, who may talk to it, and where it keeps what it has."""

from django.utils.translation import gettext_lazy as _

from supportcenter.settings_reference.entry import Entry, Group

PLACES = Group(
    "where-things-are",
    _("Where things are"),
    (
        Entry(
            "ENV_FILE",
            _(
                "Another file to read instead of `.env`; it has to exist. Works only in the environment, not in the "
                "file."
            ),
        ),
        Entry(
            "DATA_DIR",
            _(
                "The folder for everything that the site writes: database, mail, media, static files, catalogues, the "
                "secret key and the environment that `make` works in. It is closed to other accounts of the machine."
            ),
        ),
        Entry("PORT", _("The port on which the site listens.")),
        Entry(
            "SITE_URL",
            _(
                "The address people type, as it appears in invitations. With `https://`, cookies are sent over TLS "
                "only and browsers are told to stay with it; TLS itself ends at a proxy in front."
            ),
            "`http://127.0.0.1:PORT`",
            ("https://support.example.org",),
        ),
        Entry(
            "FORCE_SCRIPT_NAME",
            _(
                "The path below which the site is, on a host that others use as well. It may also be part of "
                "`SITE_URL`, as in `https://example.org/support`. Your proxy passes requests on with that path."
            ),
            examples=("/support",),
            see="docs/hosting.md",
        ),
    ),
    topics=("proxy",),
)
DOORS = Group(
    "who-may-talk-to-us",
    _("Who may talk to us"),
    (
        Entry(
            "SECRET_KEY",
            _(
                "The secret that the site signs with and makes its other keys of. Set it if several machines share one "
                "site: 32 random characters or more; with an easier one the site does not start."
            ),
            _("made at the first start and kept in `DATA_DIR`"),
        ),
        Entry(
            "SECRET_KEY_FALLBACKS",
            _(
                "Former secret keys, while `SECRET_KEY` is exchanged for another: what was made with them goes on "
                "working. Take them out after a while. For a key in `DATA_DIR`, run `manage.py rotate_secret_key` "
                "instead."
            ),
            see="docs/operations.md",
        ),
        Entry(
            "DEBUG",
            _("Shows tracebacks in the browser. Never set it on a site that strangers can reach."),
        ),
        Entry(
            "DEVELOPER_PAGES",
            _("Pages for developers: the mail that would have gone out, and how every page looks."),
        ),
        Entry(
            "ALLOWED_HOSTS",
            _(
                "Host names besides that of `SITE_URL` and this machine’s own. With a public `SITE_URL`, `localhost` "
                "and `127.0.0.1` are only for what runs on the same machine, such as a health check."
            ),
            examples=("help.example.org",),
        ),
        Entry(
            "TRUSTED_ORIGINS",
            _("Origins, besides `SITE_URL`, whose pages may send forms and open sockets."),
            examples=("https://www.example.org",),
        ),
        Entry(
            "LINK_SIGNING_KEY",
            _(
                "What other systems sign links to queues with, so that their values are trusted: 32 characters or "
                "more; two keys while one is exchanged for the other."
            ),
            _("none; no signature holds"),
            see="docs/webacd.md",
        ),
        Entry(
            "TRUSTED_PROXIES",
            _(
                "How many of your own proxies are in front. `0` takes the peer’s address as the client’s, `1` the last "
                "entry of `X-Forwarded-For`, and so on. With `1` or more, `X-Forwarded-Proto` says whether the client "
                "used TLS."
            ),
        ),
    ),
    topics=("proxy",),
)
STORAGE = Group(
    "storage",
    _("Storage"),
    (
        Entry(
            "DATABASE_URL",
            _("The database: its address, with user and password."),
            _("SQLite in `DATA_DIR`"),
            ("postgres://user:password@db.example.org:5432/support",),
        ),
        Entry(
            "DATABASE_PASSWORD",
            _(
                "Instead of the password in `DATABASE_URL`, where some characters have to be written as `%XX`; this "
                "one is taken as it is."
            ),
        ),
        Entry(
            "REDIS_URL",
            _("The address of Redis. Needed as soon as more than one process serves."),
            examples=("redis://127.0.0.1:6379/0",),
        ),
        Entry(
            "BUNDLES",
            _(
                "One script and one sheet of styles for each page, made when static files are collected, if "
                "`requirements/bundles.txt` is installed. `0` leaves the modules as they are written."
            ),
            _("yes, but no with `DEVELOPER_PAGES`"),
            ("True",),
        ),
        Entry(
            "STORAGE_URL",
            _(
                "A bucket that speaks S3, for finished files and recordings. On AWS, name the bucket and its region "
                "alone, and use the usual environment of AWS; a prefix shares a bucket with others."
            ),
            _("none; they are kept in `DATA_DIR`"),
            (
                "s3://key:secret@s3.example.org/support",
                "s3:///BUCKET?region=REGION",
                "s3:///BUCKET?region=REGION&prefix=FOLDER",
            ),
            see="docs/hosting.md",
        ),
        Entry(
            "FILES_KEY",
            _(
                "Encrypts finished files and recordings, and those on their way, on disk and in the bucket: 32 random "
                "bytes in base64, as `openssl rand -base64 32` makes them. Of several, the newest stands first; `none` "
                "in front stops encrypting. No backup has them, and without them the files are lost."
            ),
            see="docs/files.md",
        ),
    ),
    topics=("backup", "scale"),
)
