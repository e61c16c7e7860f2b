"""`manage.py` of the site that is photographed: sessions get the same numbers at every run."""

import os
import sys

from tests.browser.help_pictures.still import NUMBERS


def first_free():
    from sessions_app.models import SupportSession

    taken = set(SupportSession.objects.open().values_list("number", flat=True))
    return next(number for number in (one.replace(" ", "") for one in NUMBERS) if number not in taken)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    from sessions_app.actions.lifecycle import numbers

    numbers.draw_number = first_free
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
