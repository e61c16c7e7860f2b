"""How Chromium is started."""

# Drawn as pages of their own, a set for each window: half of what a new context costs.
SUGGESTIONS = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"]
# The switch counts once, the last time. These are what Playwright (1.65) turns off by it.
OFF_BY_PLAYWRIGHT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join([*OFF_BY_PLAYWRIGHT, *SUGGESTIONS])}",
]
