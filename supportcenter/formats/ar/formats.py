"""Arabic as browsers write it with the digits we use: 2.9, not Django's 2,9, as scripts on the same page say."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
