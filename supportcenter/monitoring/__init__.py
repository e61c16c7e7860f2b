"""Numbers for Prometheus: what this process counts, and what the database says. docs/monitoring.md lists them."""
