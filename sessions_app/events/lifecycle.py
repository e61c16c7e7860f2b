"""The session itself: its start and end, its number and join link, who may come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportcenter.live.log.eventlog import STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import SupportSession


def session_started(session: SupportSession) -> Draft:
    return Draft("session.started", {"mode": session.mode})


def session_ended(session: SupportSession) -> Draft:
    return Draft("session.ended", {"reason": session.end_reason})


def session_quiet(session: SupportSession) -> Draft:
    """E40: nothing has happened for long; the session ends at `ends_at` unless something does."""
    assert session.quiet_ends_at is not None, "only a quiet session is due to end"
    return Draft("session.quiet", {"ends_at": session.quiet_ends_at.isoformat()}, STAFF)


def session_stirred(session: SupportSession) -> Draft:
    return Draft("session.stirred", {}, STAFF)


def lobby_switched(*, on: bool) -> Draft:
    """E49: those who join from now on wait to be let in, or do not any more."""
    return Draft("lobby.switched", {"on": on}, STAFF)


def join_refused(name: str, reason: str, count: int = 1) -> Draft:
    """E31: tells the primary who could not join, and why; or, without a name, how many could not."""
    return Draft("join.refused", {"name": name, "reason": reason, "count": count}, STAFF)


def number_renewed(session: SupportSession, former: str) -> Draft:
    """E49: the session has another number; `former` and the join link stopped working."""
    return Draft("number.renewed", {"number": former, "renewed": session.number}, STAFF)


def link_renewed() -> Draft:
    return Draft("link.renewed", {}, STAFF)


def link_switched(*, on: bool) -> Draft:
    """E38: the join link lets people in again, or nobody until then."""
    return Draft("link.switched", {"on": on}, STAFF)


def session_branched(session: SupportSession, branch: SupportSession) -> Draft:
    """E34: in multi-session mode a further customer gets a session of their own; only `participant` opens its tab."""
    facts = {"session": branch.key, "number": branch.number, "participant": session.primary_id}
    return Draft("session.branched", facts, STAFF)
