"""All mail of the site. A delivery is a row: a job hands it over, and the provider may tell what became of it later.

`outbox.post` has something sent; `owners.composer` says how messages of a kind are written.
"""
