"""Jobs and deadlines: rows, added in the transaction that needs them, run by the serving process or by workers."""

# Seconds between two sweeps of Celery beat for due jobs: how late a deadline may be, or a job whose wake-up was lost.
SWEEP = 2
