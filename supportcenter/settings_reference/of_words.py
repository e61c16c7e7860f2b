"""What leaves the site: mail, the log, and what others may read."""

from django.utils.translation import gettext_lazy as _

from supportcenter.settings_reference.entry import Entry, Group

MAIL = Group(
    "mail",
    _("Mail"),
    (
        Entry(
            "EMAIL_URL",
            _(
                "The mail server: `submission://` is SMTP with STARTTLS (port 587), `smtps://` with TLS from the start "
                "(465), `smtp://` without TLS (25). Or a mail provider, by its interface: Postmark as in the example, "
                "and thirteen more."
            ),
            _(
                "none; no mail leaves the site, and nothing that goes by mail is offered; with `DEVELOPER_PAGES` it is "
                "written to files"
            ),
            ("submission://user:password@mail.example.org:587", "anymail+postmark://TOKEN"),
            see="docs/deployment.md (“Mail”)",
        ),
        Entry(
            "EMAIL_PASSWORD",
            _(
                "Instead of the password in `EMAIL_URL`, where some characters have to be written as `%XX`; this one "
                "is taken as it is."
            ),
        ),
        Entry(
            "MAIL_WEBHOOK_SECRET",
            _(
                "So that a mail provider can tell what becomes of messages (delivered, bounced): `user:password`, "
                "which it calls with, at least 16 letters and digits."
            ),
        ),
        Entry("MAIL_WEBHOOK_KEY", _("The key that the calls of the mail provider are signed with, if it has one.")),
        Entry(
            "MAIL_FROM",
            _("The sender of the site’s mail."),
            _("`support@` the host of `SITE_URL`"),
            ("support@example.org", "Support <support@example.org>"),
        ),
    ),
    topics=("mail",),
)
LOG = Group(
    "languages-time-log",
    _("Languages, time, log"),
    (
        Entry("SITE_LANGUAGE", _("The language of visitors whose browser asks for neither English nor Arabic.")),
        Entry("TIME_ZONE", _("The time zone of the site, by a name such as `Asia/Riyadh`.")),
        Entry("LOG_LEVEL", _("How serious a message has to be to stand in the log. The security log is always on.")),
        Entry("LOG_FORMAT", _("`text`, or `json`: an object a line, for programs that collect logs.")),
        Entry(
            "ACCESS_LOG",
            _(
                "A line for each request and each socket: what, how long, with which answer; not who, and no address "
                "of a page."
            ),
        ),
    ),
    topics=("monitoring",),
)
OBSERVERS = Group(
    "what-others-may-read",
    _("What others may read"),
    (
        Entry(
            "METRICS",
            _("Numbers for Prometheus at `/metrics`, for what runs on the same machine."),
            _("yes if there is a `METRICS_TOKEN`, else no"),
            ("False",),
        ),
        Entry(
            "METRICS_TOKEN",
            _("16 characters or more: then `/metrics` is for those who bring it, from anywhere."),
        ),
        Entry(
            "SENTRY_DSN",
            _("Where errors of the site are sent, without what people wrote, sent or are called."),
            examples=("https://key@errors.example.org/1",),
        ),
        Entry(
            "SECURITY_CONTACT",
            _(
                "Where to report a vulnerability, for `/.well-known/security.txt`: an email address, an `https://` "
                "page or a `tel:` number."
            ),
            _("`MAIL_FROM` if `SITE_URL` begins with `https://`, else none"),
            ("security@example.org",),
        ),
    ),
    topics=("monitoring",),
    see="docs/monitoring.md",
)
