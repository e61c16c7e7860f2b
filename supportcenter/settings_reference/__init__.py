"""What each setting of the environment means: the table behind `.env.example` and the page of settings in the help.

`of_….py` hold the texts, by groups; `reference.py` adds what the reader knows of each: kind, bounds, default. Nothing
here knows a value that is set.
"""
