#!/usr/bin/env python
"""Django's command line for the support center."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportcenter.settings")
    from django.core.management import execute_from_command_line

    from supportcenter.environment import settings_in_one_line, told_in_one_line

    settings_in_one_line()
    with told_in_one_line():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
