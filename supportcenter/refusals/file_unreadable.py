"""A kept file that is encrypted, and cannot be decrypted: it has been changed, or its key is missing."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Refused
from supportcenter.refusals.files_away import FilesAway


class FileUnreadable(Refused):
    """It was cut off, changed or exchanged where it is stored. Nothing of it is sent."""

    code = "file_unreadable"
    status = 500
    message = _(
        "This file is damaged and cannot be opened. Tell an administrator: the site’s log says which one it is."
    )


class FilesKeyMissing(FilesAway):
    """FILES_KEY does not have its key. Nothing is lost: jobs wait, and it can be read once the key is there."""

    code = "files_key_missing"
    message = _("The key to this file is missing, so it cannot be opened at the moment. Tell an administrator.")
