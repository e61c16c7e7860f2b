"""Later work and deadlines: rows, written in the transaction that wants them, run by whoever serves."""

# Seconds between two looks of Celery beat for due rows: how late a deadline may be, or a job whose wake-up was lost.
SWEEP = 2
