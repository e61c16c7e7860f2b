"""What the connection check found on somebody's device, in words for representatives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sessions_app.rules.device_check import Device, is_old
from supportcenter.browsers import SYSTEMS, browser_named, product_named

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a page can do, as it reported.
ABLE: dict[str, "StrOrPromise"] = {
    "screen": _("share the screen"),
    "camera": _("show the camera"),
    "voice": _("talk"),
}
NO_RELAY = _("relay not reached: calls and screens may fail")
WRONG: dict[tuple[str, str], "StrOrPromise"] = {
    ("socket", "failed"): _("no live connection to this site"),
    ("camera", "missing"): _("no camera"),
    ("camera", "denied"): _("the browser blocks the camera"),
    ("camera", "busy"): _("another program uses the camera"),
    ("microphone", "missing"): _("no microphone"),
    ("microphone", "denied"): _("the browser blocks the microphone"),
    ("microphone", "busy"): _("another program uses the microphone"),
}


@dataclass(frozen=True)
class DeviceSaid:
    """`product` is "Chrome 148 on Windows", `rtt` milliseconds; `concerns` are what will not work, the worst first."""

    product: str
    browser: str
    system: str
    rtt: int | None
    concerns: list[str]
    is_phone: bool

    @property
    def worst(self) -> str:
        return capfirst(self.concerns[0]) if self.concerns else ""


def device_said(device: Device) -> DeviceSaid | None:
    """None if nothing was found yet."""
    if not device:
        return None
    browser, version, system = str(device.get("browser")), device.get("version", ""), str(device.get("system"))
    rtt = None if device.get("socket") == "failed" else device.get("rtt")
    return DeviceSaid(
        product=product_named(browser, version, system),
        browser=browser_named(browser, version),
        system=SYSTEMS.get(system, ""),
        rtt=rtt if isinstance(rtt, int) else None,
        concerns=[str(concern) for concern in _concerns(device)],
        is_phone=device.get("phone") == "yes",
    )


def able_to(can: dict[str, bool]) -> list[str]:
    """What a page with these abilities can do; nothing while it has reported none."""
    return [str(words) for ability, words in ABLE.items() if can.get(ability)]


def _concerns(device: Device) -> Iterator["StrOrPromise"]:
    if is_old(device):
        yield _("old browser")
    if device.get("udp") == "unreached":
        yield _no_udp(device)
    elif device.get("udp") is None and device.get("tcp") == "unreached":
        yield NO_RELAY
    if device.get("screen") == "no":
        yield _phone_screen(device) if device.get("phone") == "yes" else _("cannot share a screen")
    for (key, word), words in WRONG.items():
        if device.get(key) == word:
            yield words


def _no_udp(device: Device) -> "StrOrPromise":
    return _("relay not reached over UDP: calls may stutter") if device.get("tcp") == "reached" else NO_RELAY


def _phone_screen(device: Device) -> "StrOrPromise":
    if device.get("camera") in {"present", "works"}:
        return _("phone: cannot share a screen, can show the camera")
    return _("phone: cannot share a screen")
