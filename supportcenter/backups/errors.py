class NoBackup(Exception):  # noqa: N818 - a fact, in words for the person at the command line
    """The backup cannot be made, read or restored; nothing has been changed."""
