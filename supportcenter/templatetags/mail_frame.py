"""What the frame of every message asks: whose site it is, its colours, and which way the language runs."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from supportcenter.accounts.models import SitePicture, SitePolicy
from supportcenter.colours import BLACK, WHITE, ink_on, parse, readable_on, to_css

register = template.Library()


@dataclass(frozen=True)
class MailFrame:
    site_name: str
    organisation: str
    logo: SitePicture | None
    host: str
    language: str
    is_rtl: bool
    # A fill that can be seen on white, text that can be read on it, and text that can be read on white.
    accent: str
    on_accent: str
    accent_ink: str
    # What the sheet lies on.
    ground: str

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"

    @property
    def start(self) -> str:
        return "right" if self.is_rtl else "left"

    @property
    def sides(self) -> SafeString:
        """For every cell and paragraph: some mail programs drop styles, others the direction of the page.

        A table has the direction alone, since one that is aligned floats.
        """
        return format_html('dir="{}" align="{}"', self.direction, self.start)


@register.simple_tag
def mail_frame() -> MailFrame:
    policy = SitePolicy.current()
    colour = parse(policy.accent_colour.lstrip("#"))
    fill = readable_on(WHITE, colour, towards=BLACK, ratio=1.6)
    return MailFrame(
        site_name=policy.name,
        organisation=policy.organisation,
        logo=policy.logo,
        host=settings.SITE_URL.partition("://")[2],
        language=get_language() or settings.LANGUAGE_CODE,
        is_rtl=get_language_bidi(),
        accent=to_css(fill),
        on_accent=to_css(ink_on(fill)),
        accent_ink=to_css(readable_on(WHITE, colour, towards=BLACK, ratio=5.2)),
        ground=policy.background_colour or "#f5f6f8",
    )
