"""The first-run checklist: what a new site still needs, each item derived from what is there."""

from dataclasses import dataclass
from typing import Any, TypeGuard

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext

from supportcenter import slots
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.setup_items import SetupItem, way


@dataclass(frozen=True)
class Checklist:
    """`parts` fill the slot "setup_items" of the page."""

    parts: list[tuple[str, dict[str, Any]]]

    @property
    def count(self) -> int:
        return len(self.parts)

    @property
    def done(self) -> int:
        return sum(names["item"].done for _, names in self.parts)

    @property
    def next(self) -> SetupItem | None:
        return next((names["item"] for _, names in self.parts if not names["item"].done), None)


def may_set_up(user: User | AnonymousUser) -> TypeGuard[User]:
    """Those of the staff who decide on the site's policy; superusers among them."""
    return user.is_active and user.is_staff and user.has_perm("accounts.change_sitepolicy")


def unfinished(user: User | AnonymousUser) -> Checklist | None:
    """What to remind this person of: nothing once all is done, or somebody has hidden the list."""
    if not may_set_up(user) or SitePolicy.current().setup_hidden:
        return None
    found = checklist(user)
    return found if found.done < found.count else None


def checklist(user: User) -> Checklist:
    own = [("supportcenter/_setup_item.html", {"item": item}) for item in [*_of_people(user), *_of_the_server()]]
    return Checklist([*own, *slots.filled("setup_items", {"user": user})])


def _of_people(user: User) -> list[SetupItem]:
    policy = SitePolicy.current()
    others = User.objects.filter(is_active=True, csr_privileges__isnull=False).exclude(pk=user.pk)
    return [
        SetupItem(
            gettext("Name and organisation"),
            gettext("Customers see on every page, and in every invitation, whose site this is."),
            policy.is_named,
            way(user, "accounts.change_sitepolicy", "admin:accounts_sitepolicy_change", policy.pk),
            gettext("Site policy"),
        ),
        SetupItem(
            gettext("A second representative"),
            gettext("Someone besides you who can help: a person with CSR privileges."),
            others.exists(),
            way(user, "accounts.view_user", "admin:accounts_user_changelist"),
            gettext("People"),
        ),
    ]


def _of_the_server() -> list[SetupItem]:
    """What the environment decides; the status page says what is wrong there, and what would be right."""
    status = {"url": reverse("status"), "place": gettext("System status")}
    return [
        SetupItem(
            gettext("HTTPS address"),
            gettext("Browsers share screens, cameras and microphones over HTTPS only. SITE_URL sets the address."),
            settings.SECURE_SITE,
            **status,
        ),
        SetupItem(
            gettext("Mail"),
            gettext("For invitations and forgotten passwords. EMAIL_URL names the mail server."),
            settings.MAIL_IS_SET_UP,
            **status,
        ),
        SetupItem(
            gettext("Relay"),
            gettext("With it, calls and screens reach people behind firewalls too. TURN_SECRET or TURN_URLS names it."),
            bool(settings.TURN_URLS),
            **status,
        ),
        SetupItem(
            gettext("A check without failures"),
            gettext("“Check again” on the status page tries everything, mail and relay too, and must find no failure."),
            SitePolicy.current().checks_passed_at is not None,
            **status,
        ),
    ]
