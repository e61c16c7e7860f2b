class NoBackup(Exception):  # noqa: N818 - a fact, in words for whoever types the command
    """The backup cannot be made, read or restored; nothing has been changed."""
