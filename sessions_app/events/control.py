"""Who is in control, and who is asked to help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportcenter.live.log.eventlog import STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import Participant, SupportSession


def control_transferred(former: Participant | None, primary: Participant, *, why: str) -> Draft:
    """`why` is transferred, returned, taken_over, vanished (E5), or accepted, if no one was in control before (S81)."""
    giver = {"from": former.pk, "from_name": former.name} if former else {"from": None, "from_name": ""}
    return Draft("control.transferred", {**giver, "to": primary.pk, "to_name": primary.name, "why": why})


def control_released(former: Participant) -> Draft:
    """No one is in control until another representative accepts the session (E4, E17)."""
    return Draft("control.released", {"from": former.pk, "from_name": former.name})


def assistant_asked(name: str) -> Draft:
    """A colleague was asked, on a page of theirs, to assist."""
    return Draft("assistant.asked", {"name": name}, STAFF)


def assist_asked(session: SupportSession, by: Participant) -> Draft:
    """On the stream of the colleague who is asked to assist."""
    return Draft("assist.asked", {"session": session.key, "number": session.number, "name": by.name})


def notifications_changed() -> Draft:
    """On a CSR's own stream: what they are told of, or how, is another now."""
    return Draft("notifications.changed", {})


def control_asked_back(former: Participant) -> Draft:
    """The CSR who transferred control asks for it back; the primary decides (S56)."""
    return Draft("control.asked_back", {"participant": former.pk, "name": former.name}, STAFF)


def control_refused(action: str, code: str) -> Draft:
    """S51: a participant who is not in control tried a control function."""
    return Draft("control.refused", {"action": action, "code": code}, STAFF)
