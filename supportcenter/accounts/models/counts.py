"""Settings that are whole numbers, each with its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# About ten tebibytes, the largest number of MiB for what the site keeps.
MOST_MEBIBYTES = 10_000_000


def count(
    label: StrOrPromise, default: int, *, at_least: int = 1, at_most: int = 100_000, help_text: StrOrPromise = ""
) -> models.PositiveIntegerField[int, int]:
    """A whole number with its bounds; docs/requirements.md names it behind its ⟨default⟩."""
    bounds = [MinValueValidator(at_least), MaxValueValidator(at_most)]
    return models.PositiveIntegerField(label, default=default, validators=bounds, help_text=help_text)
