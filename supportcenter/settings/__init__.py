"""Every setting, from the environment through one typed reader. `.env.example` lists them all; what they
mean is in supportcenter/settings_reference/.

A file for each topic, in the order of `.env.example`.
"""

from supportcenter.settings.applications import *  # noqa: F403
from supportcenter.settings.files import *  # noqa: F403
from supportcenter.settings.languages import *  # noqa: F403
from supportcenter.settings.logs import *  # noqa: F403
from supportcenter.settings.mail import *  # noqa: F403
from supportcenter.settings.media import *  # noqa: F403
from supportcenter.settings.observing import *  # noqa: F403
from supportcenter.settings.people import *  # noqa: F403
from supportcenter.settings.places import *  # noqa: F403
from supportcenter.settings.places import env
from supportcenter.settings.push import *  # noqa: F403
from supportcenter.settings.security import *  # noqa: F403
from supportcenter.settings.serving import *  # noqa: F403
from supportcenter.settings.sign_on import *  # noqa: F403
from supportcenter.settings.storage import *  # noqa: F403

# Names that are set and that nobody reads, each with the one that was probably meant.
MISTAKEN_NAMES = env.mistaken_names()
# What each may be and its default, by name, for supportcenter/settings_reference/: no value that is set.
SETTINGS_ASKED = env.asked
