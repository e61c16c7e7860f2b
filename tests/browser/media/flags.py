"""How Chromium is started for media: devices that are not there, and no picker.

Never `--use-fake-ui-for-media-stream`: it shows a test card instead of the screen.
"""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
]
TAB = "--auto-select-tab-capture-source-by-title=WORKTAB"
