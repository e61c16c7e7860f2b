from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Capability(TextChoices):
    """What can be used in a session besides chat: one word each for policy, privileges, activities and the toolbar."""

    SHARE_DESKTOP = "share_desktop", _("Share my desktop")
    SHARE_APPLICATION = "share_application", _("Share my application")
    VIEW_DESKTOP = "view_desktop", _("View customer's desktop")
    VIEW_APPLICATION = "view_application", _("View customer's application")
    VIDEO = "video", _("Video")
    VOICE = "voice", _("Voice call")
    FILES = "files", _("File transfer")
    RECORDING = "recording", _("Recording")


# What a CSR asks a customer to show, and can never start (E36).
VIEWING = frozenset({Capability.VIEW_DESKTOP, Capability.VIEW_APPLICATION})
# What is shown on the stage, one at a time; it ends when another customer becomes the current one (S42).
SHARING = VIEWING | {Capability.SHARE_DESKTOP, Capability.SHARE_APPLICATION}
# Of which a session has one at a time, no matter who started it; of the others each person may have one.
ONE_A_SESSION = frozenset({Capability.VOICE, Capability.RECORDING})
# The order in which a transfer ends what is running (E14); voice last, because it may stay (E16).
ENDING: tuple[frozenset[Capability], ...] = (
    SHARING,
    frozenset({Capability.FILES}),
    frozenset({Capability.VIDEO}),
    frozenset({Capability.RECORDING}),
    frozenset({Capability.VOICE}),
)
