"""People as a table that is saved and read again (E68): a file of theirs, what it would change, and why not."""
