"""What the site's policy, teams, queues and a CSR's privileges allow together, and why. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from supportcenter.accounts.models import CsrPrivileges, SitePolicy


# Made once: routing asks about each agent, each time.
ONE_ON_THE_SITE = _("the site allows one session at a time")
ONE_BY_PRIVILEGES = _("your privileges allow one session at a time")
ALLOWED = _("allowed by the site and by your privileges")
OFF_FOR_ALL, OFF_FOR_YOU = _("switched off for everyone"), _("switched off for you")
# The same, said of somebody else. Pairs: as a key, a text that is translated later counts as its words at that moment.
OF_OTHERS: list[tuple[StrOrPromise, StrOrPromise]] = [
    (ONE_BY_PRIVILEGES, _("their privileges allow one session at a time")),
    (ALLOWED, _("allowed by the site and by their privileges")),
    (OFF_FOR_YOU, _("switched off for this representative")),
]
# With a name in it, which is known where it is read.
OFF_FOR_TEAM = gettext_noop("switched off for the team %(name)s")
FOR_THIS_ONE, FOR_THE_SITE = _("set for this representative"), _("set for the whole site")


class EffectiveMode(NamedTuple):
    multi: bool
    reason: StrOrPromise


class Limit(NamedTuple):
    """Capabilities that are switched off, by names, and what for."""

    capabilities: Collection[str]
    reason: StrOrPromise


class EffectiveMaximum(NamedTuple):
    number: int
    reason: StrOrPromise


def session_mode(policy: SitePolicy, privileges: CsrPrivileges | None) -> EffectiveMode:
    """S8, S37: several sessions at a time need the site's switch AND the CSR's privilege."""
    if not policy.multi_session:
        return EffectiveMode(False, ONE_ON_THE_SITE)
    if privileges is None or not privileges.multi_session:
        return EffectiveMode(False, ONE_BY_PRIVILEGES)
    return EffectiveMode(True, ALLOWED)


def said_of_others(mode: EffectiveMode) -> EffectiveMode:
    """The mode of somebody else, with its reason in words about them."""
    return mode._replace(reason=in_words_of_others(mode.reason))


def in_words_of_others(reason: StrOrPromise) -> StrOrPromise:
    return next((theirs for own, theirs in OF_OTHERS if own is reason), reason)


def switched_off(
    policy: SitePolicy, privileges: CsrPrivileges | None, limits: Iterable[Limit] = ()
) -> dict[str, StrOrPromise]:
    """E69: each capability that cannot be used, with the reason: one switch is enough, the widest one is told.

    `limits` are those of the CSR's teams and of the session's queue.
    """
    own = Limit(privileges.switched_off if privileges else [], OFF_FOR_YOU)
    reasons: dict[str, StrOrPromise] = {}
    for limit in [Limit(policy.unusable, OFF_FOR_ALL), *limits, own]:
        for capability in limit.capabilities:
            reasons.setdefault(capability, limit.reason)
    return reasons


def customer_maximum(policy: SitePolicy, privileges: CsrPrivileges | None) -> EffectiveMaximum:
    """S38: how many customers a CSR may help at one time, over all sessions: their own maximum, else the site's."""
    own = privileges.max_customers if privileges else None
    if own is not None:
        return EffectiveMaximum(own, FOR_THIS_ONE)
    return EffectiveMaximum(policy.max_customers, FOR_THE_SITE)
