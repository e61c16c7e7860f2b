"""What is wrong with a setting, in one line that names it."""

from django.core.exceptions import ImproperlyConfigured


class WrongSetting(ImproperlyConfigured):
    """The site does not start with this value: `why` says what is wrong with it, and what would be right."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"{name}: {why}")
