"""JSON, as annotations name it."""

from typing import Any

# Whatever `json.loads` can return. A reader has to check it, so the type promises nothing.
Json = Any
JsonObject = dict[str, Json]
