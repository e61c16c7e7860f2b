from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.capability_field import CapabilitiesField
from supportcenter.accounts.models.counts import MOST_MEBIBYTES, count
from supportcenter.accounts.models.sign_in_rules import SignInRules
from supportcenter.accounts.models.site_picture import SitePicture
from supportcenter.colours import HEXADECIMAL, require_ground
from supportcenter.disks import MEBIBYTE
from supportcenter.kept_sql import kept_rows

# While one page is made: a list that holds the policy once it has been read. None: no page.
_kept: ContextVar[list[SitePolicy] | None] = ContextVar("site_policy", default=None)


class SitePolicy(SignInRules):
    """The settings of the whole site, edited by admins: one row, created with the defaults when first read."""

    class Recording(models.TextChoices):
        OFF = "off", _("off")
        ALLOWED = "allowed", _("allowed")
        ALWAYS = "always", _("always: it starts with the first customer")

    class Transcripts(models.TextChoices):
        OFF = "off", pgettext_lazy("conversations", "not handed out")
        FILE = "file", _("as a file")
        FILE_AND_MAIL = "mail", _("as a file and by email")

    class Closing(models.TextChoices):
        OFF = "off", _("not shown")
        OPTIONAL = "optional", _("optional")
        REQUIRED = "required", _("required")

    class Earlier(models.TextChoices):
        OFF = "off", _("not shown")
        OWN = "own", _("those whose record the representative may read")
        ALL = "all", _("all")

    site_name = models.CharField(_("site name, English"), max_length=60, default="Support Center")
    site_name_ar = models.CharField(_("site name, Arabic"), max_length=60, default="مركز الدعم")
    organisation = models.CharField(
        _("organisation"),
        max_length=80,
        blank=True,
        help_text=_("Shown to customers beside the representative’s name."),
    )
    accent_colour = models.CharField(
        _("accent colour"), max_length=7, default="#0f62a8", validators=[RegexValidator(rf"^{HEXADECIMAL.pattern}$")]
    )
    background_colour = models.CharField(
        _("background colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(rf"^{HEXADECIMAL.pattern}$"), require_ground],
        help_text=_(
            "Behind the panels of pages and of mail: light, so that text on it can be read. Empty: a light grey."
        ),
    )
    logo = models.ForeignKey(SitePicture, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    icon = models.ForeignKey(SitePicture, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    # Customers and modes (S8, S37, S38)
    multi_session = models.BooleanField(
        _("allow multi-session mode"), default=True, help_text=_("Each CSR also needs the privilege.")
    )
    max_customers = count(
        _("maximum number of customers"), 5, at_most=100, help_text=_("For each CSR, at one time, across all sessions.")
    )
    media_people = count(
        _("people in a session who can see and hear each other"),
        6,
        at_least=2,
        at_most=20,
        help_text=_("Their browsers send to each other directly. People who join after them can only use the chat."),
    )

    earlier_sessions = models.CharField(
        _("earlier sessions of the same customer"),
        max_length=3,
        choices=Earlier.choices,
        default=Earlier.ALL,
        help_text=_(
            "Shown to representatives: the same email address, or a browser that the customer wants remembered. "
            "Sessions whose record they may not read are listed without a link."
        ),
    )

    switched_off = CapabilitiesField(_("switched off for everyone"))

    # Graces, in seconds (E1, E2, E3)
    reload_grace = count(_("seconds a closed page has to come back"), 10, at_most=3600)
    connection_grace = count(_("seconds a lost representative has to reconnect"), 60, at_most=3600)
    customer_grace = count(_("seconds a lost customer has to return"), 60, at_most=3600)

    # Numbers, links, invitations (E37, E38, E39)
    number_reuse_days = count(_("days before a session number is reused"), 90, at_least=0)
    joins_per_address = count(_("join attempts per minute from one address"), 10)
    joins_site_wide = count(_("join attempts per minute on the whole site"), 300)
    joins_per_session = count(
        _("joins per minute to one session"),
        30,
        at_least=3,
        help_text=_("By its number or link; one address may take a third of them."),
    )
    admit_by_hand = models.BooleanField(
        _("admit customers by hand"),
        default=False,
        help_text=_("Customers who join wait until the primary lets them in."),
    )
    link_hours = count(_("hours an invitation stays valid"), 24, at_most=24 * 30)
    invitations_per_session = count(_("email invitations per session"), 20)

    # Consent (E36)
    answer_seconds = count(_("seconds a customer has to answer a request"), 60, at_most=600)
    requests_per_minute = count(_("requests of one kind per minute"), 3)

    # Chat (E48, E50, E58)
    shows_earlier_chat = models.BooleanField(
        _("customers see the conversation from before they joined"),
        default=False,
        help_text=_("What other customers wrote and sent, too. It counts for those who join from then on."),
    )
    edit_minutes = count(
        _("minutes in which one’s own message can be changed"),
        2,
        at_least=0,
        at_most=60,
        help_text=_("By its author; the record keeps what it said before. 0: never."),
    )
    lines_per_minute = count(
        _("chat messages of one customer per minute"),
        30,
        at_most=1000,
        help_text=_(
            "Three times as many for a representative. What is written faster than that is sent a little later."
        ),
    )

    # Files and recording (E14, E43)
    file_mebibytes = count(_("largest file, in MiB"), 2048, at_most=65536)
    files_at_once = count(_("files in one offer"), 20, at_most=100)
    files_per_session = count(_("files per session"), 200)
    refused_file_endings = models.CharField(
        _("file extensions that are refused"),
        max_length=400,
        blank=True,
        default="bat cmd com cpl hta js jse lnk msc pif ps1 reg scr vbe vbs wsf",
        help_text=_("Separate them with spaces, without the dot. Empty: all types are accepted."),
    )
    session_mebibytes = count(
        _("files and recordings of one session, in MiB"),
        20_480,
        at_least=0,
        at_most=MOST_MEBIBYTES,
        help_text=_("0: no limit."),
    )
    site_mebibytes = count(
        _("files and recordings of the whole site, in MiB"),
        0,
        at_least=0,
        at_most=MOST_MEBIBYTES,
        help_text=_("0: no limit."),
    )
    disk_floor_percent = count(
        _("free space to keep on each disk, in percent"),
        5,
        at_least=0,
        at_most=100,
        help_text=_("When less is free, the site accepts no files and makes no recordings."),
    )
    disk_floor_mebibytes = count(
        _("free space that is enough on any disk, in MiB"),
        1024,
        at_least=0,
        at_most=MOST_MEBIBYTES,
        help_text=_("The smaller of the two numbers applies."),
    )
    recording = models.CharField(_("recording"), max_length=7, choices=Recording.choices, default=Recording.ALLOWED)

    # Time (E40); 0 means never
    nobody_joined_minutes = count(
        _("minutes until a session that no one joined ends"), 60, at_least=0, help_text=_("0: never.")
    )
    quiet_minutes = count(_("minutes until an idle session ends"), 60, at_least=0, help_text=_("0: never."))
    warning_minutes = count(_("minutes of warning before that"), 5)

    # After the end (E56)
    closing = models.CharField(
        _("closing form after a session"),
        max_length=8,
        choices=Closing.choices,
        default=Closing.OPTIONAL,
        help_text=_("Reason, tags, tracking fields and a note, for the representative. A queue may decide otherwise."),
    )

    # E67
    transcripts = models.CharField(
        _("copy of the conversation for the customer"),
        max_length=4,
        choices=Transcripts.choices,
        default=Transcripts.FILE_AND_MAIL,
        help_text=_("What was said in the chat, to keep after the session. Staff’s notes are never in it."),
    )

    # Retention (E44), counted from a session's end
    retention_days = count(_("days records are kept"), 90, at_least=0, help_text=_("0: kept forever."))
    chat_days = count(_("days the chat is kept"), 90, at_least=0, help_text=_("0: kept as long as the record."))
    file_days = count(_("days files are kept"), 90, at_least=0, help_text=_("0: kept as long as the record."))
    recording_days = count(_("days recordings are kept"), 90, at_least=0, help_text=_("0: kept as long as the record."))

    # The audit log (E73). Its own triggers keep entries as long as the shortest time that can be set here.
    audit_days = count(_("days the audit log is kept"), 365, at_least=30, at_most=3650)

    # Of setting up the site; nobody edits them.
    setup_hidden = models.BooleanField(default=False, editable=False)
    checks_passed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("site policy")
        verbose_name_plural = _("site policy")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_policy_is_one_row")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> SitePolicy:
        kept = _kept.get()
        if kept is None:
            return cls._read()
        if not kept:
            kept.append(cls._read())
        return kept[0]

    @classmethod
    @contextmanager
    def read_once(cls) -> Iterator[None]:
        """Inside this context the row is read once, and `current` returns it each time."""
        token = _kept.set([])
        try:
            yield
        finally:
            _kept.reset(token)

    @classmethod
    def _read(cls) -> SitePolicy:
        return _the_row.first() or cls.objects.get_or_create(pk=1)[0]

    @property
    def unusable(self) -> set[str]:
        """The capabilities that are switched off for the whole site."""
        off = set(self.switched_off)
        return off | {Capability.RECORDING} if self.recording == self.Recording.OFF else off

    def disk_floor(self, total: int) -> int:
        """The bytes to keep free on a disk of `total` bytes: a share of a small one, a fixed amount of a large one."""
        return min(total * self.disk_floor_percent // 100, self.disk_floor_mebibytes * MEBIBYTE)

    @property
    def records_always(self) -> bool:
        """Every session is recorded, and nobody may stop that."""
        return self.recording == self.Recording.ALWAYS

    @property
    def is_named(self) -> bool:
        """Somebody has said whose site this is: its name, in either language, and the organisation."""
        new = SitePolicy()
        return bool(self.organisation) and (self.site_name, self.site_name_ar) != (new.site_name, new.site_name_ar)

    @property
    def theme_url(self) -> str:
        """The stylesheet of the site's colours; they are in its address."""
        accent, ground = self.accent_colour[1:], self.background_colour[1:]
        return reverse("theme", kwargs={"accent": accent, **({"ground": ground} if ground else {})})

    @property
    def name(self) -> str:
        """The site's name in the active language."""
        return self.site_name_ar if get_language() == "ar" else self.site_name


@kept_rows
def _the_row() -> models.QuerySet[SitePolicy]:
    # With the sizes of the pictures that pages show, and without the pictures.
    return SitePolicy.objects.filter(pk=1).select_related("logo", "icon").defer("logo__picture", "icon__picture")
