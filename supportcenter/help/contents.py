"""What the help centre holds: its sections, each with whom it is for, and their topics in the order of reading.

A topic is a file `docs/help/<language>/<slug>.md`, in every language.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supportcenter.help.audiences import Audience


@dataclass(frozen=True)
class Section:
    slug: str
    title: str | Promise
    about: str | Promise
    audience: Audience
    topics: tuple[str, ...]


SECTIONS = (
    Section(
        "customers",
        pgettext_lazy("help", "Customers"),
        _("You were invited to a session, or want help."),
        Audience.CUSTOMERS,
        ("join-a-session", "your-consent", "be-heard-and-seen", "waiting", "after-the-session"),
    ),
    Section(
        "representatives",
        _("Support representatives"),
        _("Start sessions, invite people, work with them and hand over."),
        Audience.REPRESENTATIVES,
        (
            *("getting-started", "start-a-session", "invite", "several-customers", "assist", "transfer-control"),
            *("transfer-session", "share-screens", "voice-and-video", "chat", "canned-replies", "files", "recording"),
            *("know-the-customer", "end-a-session", "session-record", "tray-and-shortcuts", "notifications", "inbox"),
        ),
    ),
    Section(
        "managers",
        pgettext_lazy("help", "Managers"),
        _("Watch sessions and queues, set queues up, read the figures."),
        Audience.MANAGERS,
        ("watch-sessions", "watch-queues", "queues-and-agents", "reports", "reports-by-mail"),
    ),
    Section(
        "administrators",
        _("Administrators"),
        _("The site’s look and rules, people, teams and texts."),
        Audience.ADMINISTRATORS,
        ("first-day", "site-and-policy", "people", "teams", "texts", "audit-log"),
    ),
    Section(
        "account",
        _("Your account"),
        _("Sign in, and keep your account safe."),
        Audience.REPRESENTATIVES,
        ("your-account", "sign-in-security"),
    ),
    Section(
        "trouble",
        _("When something does not work"),
        _("What to check, and what the site’s messages mean."),
        Audience.EVERYBODY,
        ("when-something-fails", "messages"),
    ),
    Section(
        "operators",
        _("Running the site"),
        _("Install it, connect mail and a relay, back it up, upgrade it."),
        Audience.ADMINISTRATORS,
        (
            *("install", "settings", "proxy", "mail", "relay", "single-sign-on", "scale", "backup", "upgrade"),
            *("doctor", "monitoring", "troubleshooting"),
        ),
    ),
)
TOPICS = tuple(slug for section in SECTIONS for slug in section.topics)


def section_of(slug: str) -> Section:
    return next(section for section in SECTIONS if slug in section.topics)
