"""A backup: one archive with the rows, the files, the key, and a list that says what has to be in it.

backup.json            what made it, and when (`facts.Facts`)
keys/secret_key        unless the environment gives the key
rows/<table>/<n>.jsonl rows of one moment; the first line names the model and its columns
parts/…                uploads that were under way at that moment
media/…                the files that rows name
manifest.jsonl         a line for each of the above, in the order of the archive: name, size, SHA-256; then the end
"""

# Of the archive's form. A release reads its own and all earlier ones.
FORMAT = 1
