from django.db import models
from django.utils.translation import get_language


def in_both_languages(row: models.Model, field: str) -> str:
    """The text in the language of the page, or in the other language if the admin gave it in one only."""
    english: str
    arabic: str
    english, arabic = getattr(row, field), getattr(row, f"{field}_ar")
    return (arabic or english) if get_language() == "ar" else (english or arabic)
