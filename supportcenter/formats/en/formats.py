"""English as this site writes it everywhere, its scripts (`static/js/ui/local_time.js`) too: 30 Nov 2026, 06:18."""

DATE_FORMAT, SHORT_DATE_FORMAT = "j F Y", "j M Y"
MONTH_DAY_FORMAT, YEAR_MONTH_FORMAT = "j F", "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT, SHORT_DATETIME_FORMAT = "j F Y, H:i", "j M Y, H:i"
