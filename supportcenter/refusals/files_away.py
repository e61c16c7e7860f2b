"""The storage of finished files cannot be reached, or refuses: how that is told, and that it passes."""

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Refused


class FilesAway(Refused):
    """Nothing is lost: what has arrived waits on the site's own disk, and a job puts it away once that works again."""

    code = "files_away"
    status = 503
    message = _("The site’s files cannot be reached at the moment. Try again in a few minutes.")
    try_again_later = True
