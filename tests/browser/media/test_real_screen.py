"""A real screen and a real window of an X server, and what happens when the window closes."""

import os
import subprocess

import pytest

from tests.browser.media.people import until
from tests.browser.media.programs import need

YELLOW, BLUE, GREEN = (255, 255, 0), (0, 0, 255), (0, 255, 0)
# Beside the middle, where X draws its pointer.
CORNER = (0.3, 0.3)


@pytest.fixture(scope="module")
def display():
    """A screen nobody looks at, with a window manager."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [need("Xvfb", package="xvfb"), "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    name = ":" + os.read(read, 16).decode().strip()
    manager = subprocess.Popen(
        [need("openbox", package="openbox")], env={**os.environ, "DISPLAY": name}, stderr=subprocess.DEVNULL
    )
    yield {"DISPLAY": name}
    for process in (manager, server):
        process.terminate()
        process.wait(10)


def run(display, *command):
    return subprocess.run(command, env={**os.environ, **display}, capture_output=True, text=True, check=False).stdout


def test_whole_screen_is_seen_and_named(cast, launch, display):
    desk = cast.starts("bilal")
    process = launch("--auto-select-desktop-capture-source=Entire screen", env=display)
    carol = cast.joins(desk.number, process=process)

    desk.asks_for_desktop()
    carol.allows()

    # Only now: the window manager, which starts meanwhile, paints its own background once.
    desk.is_told("Carol is sharing their entire screen.")
    run(display, need("xsetroot", package="x11-xserver-utils"), "-solid", "rgb:ff/ff/00")
    desk.sees("Carol’s screen", YELLOW, at=CORNER)
    run(display, "xsetroot", "-solid", "rgb:00/00/ff")
    desk.sees("Carol’s screen", BLUE, at=CORNER)


def test_window_is_seen_and_named_and_ends_with_its_program(cast, launch, display):
    program = subprocess.Popen(
        [need("xterm", package="xterm"), "-T", "MYAPP", "-bg", "rgb:00/ff/00", "-geometry", "60x20", "-e", "sleep 120"],
        env={**os.environ, **display},
    )
    try:
        assert until(lambda: "MYAPP" in run(display, need("wmctrl", package="wmctrl"), "-l"))
        desk = cast.starts("bilal")
        process = launch("--auto-select-window-capture-source-by-title=MYAPP", env=display)
        carol = cast.joins(desk.number, process=process)
        desk.asks_for_application()
        carol.allows()
        desk.sees("Carol’s screen", GREEN, at=(0.5, 0.8))
        desk.is_told("Carol is sharing a window.")

        program.terminate()

        desk.sees_nothing()
    finally:
        program.kill()
        program.wait()
