"""How Chromium is started for media: devices that are not there, and no picker.

Never `--use-fake-ui-for-media-stream`: it shows a test card instead of the screen.
"""

from tests.browser.flags import CHROMIUM_FLAGS

FLAGS = [
    *CHROMIUM_FLAGS,
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
]
TAB = "--auto-select-tab-capture-source-by-title=WORKTAB"
