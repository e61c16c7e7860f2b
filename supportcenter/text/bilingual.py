from django.db import models
from django.utils.translation import get_language


def in_both_languages(row: models.Model, field: str) -> str:
    """The text in the language of the page, or in the other language if the admin gave it in one only."""
    return one_of_both(getattr(row, field), getattr(row, f"{field}_ar"))


def one_of_both(english: str, arabic: str) -> str:
    return (arabic or english) if get_language() == "ar" else (english or arabic)
