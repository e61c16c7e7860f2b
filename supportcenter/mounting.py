"""Where on its host the site is: at the root, or mounted below a path, as in https://example.org/support."""

import re

from supportcenter.environment import WrongSetting

# What needs no escape in an address, in a cookie's Path or in a pattern of Django's.
MOUNT = re.compile(r"(/(?!\.+(/|$))[A-Za-z0-9._~-]+)+")


def mount_of(site_path: str, given: str) -> str:
    """The path below which everything is, `/support`, or an empty string: FORCE_SCRIPT_NAME, else that of SITE_URL."""
    site_path, given = site_path.rstrip("/"), given.rstrip("/")
    if given and site_path and given != site_path:
        raise WrongSetting(
            "FORCE_SCRIPT_NAME", f"{given} is not the path of SITE_URL, {site_path}. Leave one out, or make them equal."
        )
    mount = given or site_path
    if mount and not MOUNT.fullmatch(mount):
        name = "FORCE_SCRIPT_NAME" if given else "SITE_URL"
        raise WrongSetting(name, f"{mount} is no path to mount the site at; right would be /support or /a/b.")
    return mount


def cookie_name(name: str, mount: str) -> str:
    """A mounted site has names of its own.

    A browser also sends the cookies of what is at the root of the host, and of two with one name, the last one counts.
    """
    return name + re.sub(r"\W", "_", mount)


def cookie_prefix(mount: str, *, by_tls: bool) -> str:
    """How names begin that browsers take over TLS alone and, at the root of a host, from that host alone.

    Without it another host of the same domain could set a cookie that passes for ours.
    """
    if not by_tls:
        return ""
    return "__Secure-" if mount else "__Host-"
