"""What a page found out about its device. Known keys alone, each a word of ours, a number within bounds, or a zone."""

from collections.abc import Mapping

from supportcenter.text.time_zones import time_zones
from supportcenter.text.whole_numbers import whole_number

Device = dict[str, str | int]

# The pages' script reads them too (docs/connection-check.md).
OLDEST_BROWSERS = {"chrome": 125, "edge": 125, "opera": 111, "samsung": 27, "firefox": 128, "safari": 17}

FOUND = frozenset({"present", "missing", "denied", "busy", "works"})
REACHED = frozenset({"reached", "unreached"})
YES_NO = frozenset({"yes", "no"})
WORDS: dict[str, frozenset[str]] = {
    "browser": frozenset({*OLDEST_BROWSERS, "other"}),
    "system": frozenset({"windows", "macos", "linux", "chromeos", "android", "ios", "other"}),
    "socket": frozenset({"ok", "failed"}),
    "camera": FOUND,
    "microphone": FOUND,
    "screen": YES_NO,
    "phone": YES_NO,
    "udp": REACHED,
    "tcp": REACHED,
}
LARGEST = {"version": 999, "rtt": 60_000}


def checked_device(said: Mapping[str, str]) -> Device:
    """What of it can be believed to have come from a page of ours; the rest is left out."""
    words: Device = {key: said[key] for key, known in WORDS.items() if said.get(key) in known}
    numbers = {key: whole_number(said.get(key, "")) for key in LARGEST}
    zone: Device = {"zone": said["zone"]} if said.get("zone") in time_zones() else {}
    return words | {key: number for key, number in numbers.items() if 0 < number <= LARGEST[key]} | zone


def is_old(device: Device) -> bool:
    """Whether the browser is older than the site supports. One that nobody knows is taken for a current one.

    On an iPhone or iPad, browsers other than Safari count by numbers of their own.
    """
    version, browser = device.get("version"), str(device.get("browser"))
    if browser not in OLDEST_BROWSERS or not isinstance(version, int):
        return False
    counts = device.get("system") != "ios" or browser == "safari"
    return counts and version < OLDEST_BROWSERS[browser]
