"""The one way to say no: a code for machines, a translated sentence for people."""

from supportcenter.refusals.errors import Conflict, Forbidden, Gone, Missing, Refused, TooMany, require

__all__ = ["Conflict", "Forbidden", "Gone", "Missing", "Refused", "TooMany", "require"]
