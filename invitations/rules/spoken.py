"""A session number as one says it on the phone: digit by digit, with a pause between the groups."""

from django.utils.translation import pgettext, pgettext_lazy

DIGITS = (
    pgettext_lazy("digit", "zero"),
    pgettext_lazy("digit", "one"),
    pgettext_lazy("digit", "two"),
    pgettext_lazy("digit", "three"),
    pgettext_lazy("digit", "four"),
    pgettext_lazy("digit", "five"),
    pgettext_lazy("digit", "six"),
    pgettext_lazy("digit", "seven"),
    pgettext_lazy("digit", "eight"),
    pgettext_lazy("digit", "nine"),
)


def in_words(number_in_threes: str) -> str:
    """ "482 913" as "four eight two, nine one three", in the language that is active."""
    groups = [" ".join(str(DIGITS[int(digit)]) for digit in group) for group in number_in_threes.split()]
    return pgettext("between groups of digits", ", ").join(groups)
