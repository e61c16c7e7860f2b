"""All groups, in the order of `.env.example`."""

from supportcenter.settings_reference.of_people import PEOPLE, SIGN_ON
from supportcenter.settings_reference.of_processes import FILES, MEDIA, PROCESSES
from supportcenter.settings_reference.of_site import DOORS, PLACES, STORAGE
from supportcenter.settings_reference.of_words import LOG, MAIL, OBSERVERS

GROUPS = (PLACES, DOORS, STORAGE, PROCESSES, MEDIA, FILES, PEOPLE, SIGN_ON, MAIL, LOG, OBSERVERS)
