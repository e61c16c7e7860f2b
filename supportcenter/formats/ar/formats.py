"""Arabic as browsers write it with the digits we use: 2.9, not Django's 2,9, as scripts on the same page say.

Dates are ordered as the English ones are: 30 نوفمبر 2026، 06:18.
"""

from django.utils.translation import gettext_lazy as _

# Django's catalogue and browsers name this month differently, long and short: here stands what our catalogue replaces.
APRIL = _("April"), _("apr")

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","

DATE_FORMAT, SHORT_DATE_FORMAT = "j F Y", "j M Y"
MONTH_DAY_FORMAT, YEAR_MONTH_FORMAT = "j F", "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT, SHORT_DATETIME_FORMAT = "j F Y، H:i", "j M Y، H:i"
